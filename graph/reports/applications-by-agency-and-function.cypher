/*
name = "applications-by-agency-and-function"

[question]
id = "Berapa aplikasi untuk setiap fungsi di setiap instansi?"
en = "How many applications does each agency have for each function?"

[parameters.agency]
type = "text"
default = ""
id = "Id instansi; kosong: semua"
en = "Id of an agency; empty: all"

[parameters.least]
type = "integer"
default = 1
id = "Paling sedikit aplikasi"
en = "Applications at least"

[columns]
agency_id = { id = "Id instansi", en = "Agency id" }
agency = { id = "Instansi", en = "Agency" }
function_id = { id = "Id fungsi", en = "Function id" }
function = { id = "Fungsi", en = "Function" }
applications = { id = "Aplikasi", en = "Applications" }
*/
MATCH (g:Agency)-[:OWNS|USES]->(a:Application)
WHERE a.kind = 'system' AND ($agency = '' OR g.id = $agency)
// an application whose function is not known counts too, in a row without one
OPTIONAL MATCH (a)-[:PERFORMS {rank: 1}]->(f:Function)
WITH g.id AS agency_id, g.name AS agency, f.id AS function_id, f.name AS function,
     count(DISTINCT a.id) AS applications
WHERE applications >= $least
RETURN agency_id, agency, function_id, function, applications
ORDER BY applications DESC, agency_id, function_id
