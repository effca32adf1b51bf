/*
name = "inventory-completeness"

[question]
id = "Seberapa lengkap keterangan aplikasi dalam setiap sumber?"
en = "How complete is what each source says about its applications?"

[parameters.source]
type = "text"
default = ""
id = "Id sumber; kosong: semua"
en = "Id of a source; empty: all"

[columns]
source_id = { id = "Id sumber", en = "Source id" }
source = { id = "Sumber", en = "Source" }
as_of = { id = "Keadaan per", en = "As of" }
applications = { id = "Aplikasi", en = "Applications" }
described = { id = "Bagian dengan uraian", en = "Share with a description" }
with_address = { id = "Bagian dengan alamat", en = "Share with an address" }
with_status = { id = "Bagian dengan status", en = "Share with a status" }
with_owner = { id = "Bagian dengan pemilik", en = "Share with an owner" }
with_agency = { id = "Bagian dengan instansi", en = "Share with an agency" }
with_function = { id = "Bagian dengan fungsi", en = "Share with a function" }
*/
MATCH (a:Application)-[:DERIVED_FROM]->(s:Source)
WHERE a.kind = 'system' AND ($source = '' OR s.id = $source)
WITH s, a,
     CASE WHEN EXISTS { MATCH (:Agency)-[:OWNS]->(a) } THEN 1 ELSE 0 END AS owned,
     CASE WHEN EXISTS { MATCH (:Agency)-[:OWNS|USES]->(a) } THEN 1 ELSE 0 END AS placed,
     CASE WHEN EXISTS { MATCH (a)-[:PERFORMS]->(:Function) } THEN 1 ELSE 0 END AS sorted
WITH s.id AS source_id, s.name AS source, s.as_of AS as_of, count(a) AS applications,
     count(a.description) AS descriptions, count(a.address) AS addresses,
     sum(CASE WHEN a.status = 'unknown' THEN 0 ELSE 1 END) AS statuses,
     sum(owned) AS owners, sum(placed) AS agencies, sum(sorted) AS functions
RETURN source_id, source, as_of, applications,
       1.0 * descriptions / applications AS described,
       1.0 * addresses / applications AS with_address,
       1.0 * statuses / applications AS with_status,
       1.0 * owners / applications AS with_owner,
       1.0 * agencies / applications AS with_agency,
       1.0 * functions / applications AS with_function
ORDER BY applications DESC, source_id
