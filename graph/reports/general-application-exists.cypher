/*
name = "general-application-exists"

[question]
id = "Aplikasi mana yang berjalan padahal fungsinya tercakup aplikasi umum?"
en = "Which applications run although a general application covers their function?"

[parameters.function]
type = "text"
default = ""
id = "Kode fungsi; kosong: semua"
en = "Code of a function; empty: all"

[parameters.confidence]
type = "number"
default = 0.5
id = "Keyakinan fungsi paling sedikit (0 sampai 1)"
en = "Confidence in the function at least (0 to 1)"

[columns]
application_id = { id = "Id aplikasi", en = "Application id" }
application = { id = "Aplikasi", en = "Application" }
agencies = { id = "Instansi", en = "Agencies" }
status = { id = "Status", en = "Status" }
function = { id = "Fungsi", en = "Function" }
general_id = { id = "Id aplikasi umum", en = "General application id" }
general = { id = "Aplikasi umum", en = "General application" }
decree_seen = { id = "Keputusan terlihat", en = "Decree seen" }
*/
MATCH (u:Application)-[:COVERS]->(f:Function)<-[p:PERFORMS]-(a:Application)
WHERE a.id <> u.id AND a.kind = 'system' AND a.website = false
  AND NOT a.status IN ['planned', 'inactive', 'retired']
  AND p.rank = 1 AND p.confidence >= $confidence
  AND ($function = '' OR f.code = $function)
  AND NOT EXISTS { MATCH (a)-[:COVERS]->(other:Function) WHERE other.id = f.id }
OPTIONAL MATCH (g:Agency)-[:OWNS|USES]->(a)
WITH u, f, a, g.id AS agency_id, g.name AS agency
ORDER BY agency_id
WITH u, f, a, collect(DISTINCT agency) AS agencies
RETURN a.id AS application_id, a.name AS application, agencies, a.status AS status,
       f.name AS function, u.id AS general_id, u.name AS general,
       EXISTS { MATCH (u)-[:BASED_ON]->(r:Regulation) WHERE r.status = 'seen' } AS decree_seen
ORDER BY general_id, application_id, function
