/*
name = "applications-without-integration"

[question]
id = "Aplikasi mana yang belum terhubung dengan aplikasi lain?"
en = "Which applications are not joined to any other?"

[parameters.government]
type = "text"
default = ""
id = "Id pemerintah; kosong: semua"
en = "Id of a government; empty: all"

[parameters.assumed]
type = "boolean"
default = false
id = "Integrasi dugaan ikut dihitung"
en = "Assumed integrations count too"

[columns]
application_id = { id = "Id aplikasi", en = "Application id" }
application = { id = "Aplikasi", en = "Application" }
agencies = { id = "Instansi", en = "Agencies" }
function = { id = "Fungsi", en = "Function" }
status = { id = "Status", en = "Status" }
*/
MATCH (a:Application)
WHERE a.kind = 'system' AND a.website = false
  AND NOT a.status IN ['planned', 'inactive', 'retired']
  AND ($government = '' OR a.government = $government)
  AND NOT EXISTS {
    MATCH (a)-[r:INTEGRATES_WITH]-(b:Application)
    WHERE b.id <> a.id AND r.status <> 'stopped' AND ($assumed OR r.kind <> 'assumed')
  }
OPTIONAL MATCH (a)-[:PERFORMS {rank: 1}]->(f:Function)
OPTIONAL MATCH (g:Agency)-[:OWNS|USES]->(a)
WITH a, f.name AS function, g.id AS agency_id, g.name AS agency
ORDER BY agency_id
WITH a, function, collect(DISTINCT agency) AS agencies
RETURN a.id AS application_id, a.name AS application, agencies, function, a.status AS status
ORDER BY application_id, function
