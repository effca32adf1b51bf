/*
name = "redundant-groups-by-function"

[question]
id = "Fungsi mana yang memiliki kelompok aplikasi terindikasi redundan?"
en = "Which functions have groups of applications that are indicated as redundant?"

[parameters.kind]
type = "text"
default = ""
id = "Jenis temuan (covered, government, product, neighbours); kosong: semua"
en = "Kind of finding (covered, government, product, neighbours); empty: all"

[columns]
function_id = { id = "Id fungsi", en = "Function id" }
function = { id = "Fungsi", en = "Function" }
groups = { id = "Kelompok", en = "Groups" }
applications = { id = "Aplikasi", en = "Applications" }
accepted = { id = "Diterima analis", en = "Accepted by an analyst" }
rejected = { id = "Ditolak", en = "Rejected" }
undecided = { id = "Belum diputuskan", en = "Not decided" }
highest_score = { id = "Skor tertinggi", en = "Highest score" }
*/
MATCH (a:Application)-[:MEMBER_OF]->(x:Finding)
WHERE $kind = '' OR x.kind = $kind
WITH x.function AS function_id,
     count(DISTINCT x.id) AS groups,
     count(DISTINCT a.id) AS applications,
     count(DISTINCT CASE WHEN x.decision = 'accept' THEN x.id END) AS accepted,
     count(DISTINCT CASE WHEN x.decision = 'reject' THEN x.id END) AS rejected,
     count(DISTINCT CASE WHEN x.decision IS NULL THEN x.id END) AS undecided,
     max(x.score) AS highest_score
// one look-up per function, not one per member
MATCH (f:Function {id: function_id})
RETURN function_id, f.name AS function, groups, applications, accepted, rejected, undecided,
       highest_score
ORDER BY groups DESC, applications DESC, function_id
