-- Views for reading: each row says in words what its table says in codes.
create view issues_readable as
select i.notice, i.number, i.title, i.title_en, c.title as category, c.title_en as category_en,
       i.statement_count, i.measure_count, i.metric_count, i.text, i.uid
from issues i
join categories c on c.uid = i.category_uid
order by i.position;

create view measures_readable as
select m.notice, m.id, k.zh as kind, k.en as kind_en, m.text, m.text_en, m.actor, m.prompted_by,
       o.zh as modality, o.en as modality_en, m.issue_number, i.title as issue, m.uid
from measures m
join measure_kind k on k.code = m.kind
join modality o on o.code = m.modality
join issues i on i.uid = m.issue_uid
order by m.position;

create view metrics_readable as
select m.notice, m.label, m.label_en, m.value_text, q.zh as qualifier, q.en as qualifier_en,
       m.normalized_value, m.lower, m.upper, m.unit, n.zh as nature, n.en as nature_en,
       m.counted, m.counted_en, m.period_text, m.period_start, m.period_end,
       m.issue_number, i.title as issue, m.quote, m.note, m.note_en, m.uid
from metrics m
join qualifier q on q.code = m.qualifier
join nature n on n.code = m.nature
left join issues i on i.uid = m.issue_uid
order by m.position;

create view headline_figures as
select t.zh as indicator, t.en as indicator_en, m.notice, m.value_text, m.normalized_value, q.zh as qualifier,
       q.en as qualifier_en, m.unit, m.period_text, m.quote, m.uid
from metrics m
join indicator t on t.code = m.indicator
join qualifier q on q.code = m.qualifier
order by t.position, m.position;

create view measures_by_kind as
select m.notice, k.code, k.zh as kind, k.en as kind_en, count(*) as measures
from measures m
join measure_kind k on k.code = m.kind
group by m.notice, k.code
order by m.notice, k.position;
