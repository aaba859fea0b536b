/* The rarer operators, wildcards, persons, states, URLs: rows of text and description. */
#include "query_rows.h"

static const row exclusive[] = {
	{"graph XOR network", "(graph XOR network)"},
	{"graph XOR network XOR lattice", "(graph XOR network XOR lattice)"},
	{"graph XOR (network XOR lattice)", "(graph XOR network XOR lattice)"},
	{"graph XOR network lattice", "(graph XOR (network AND lattice))"},
	{"graph AND network XOR lattice", "((graph AND network) XOR lattice)"},
	{"graph OR network XOR lattice", "(graph OR (network XOR lattice))"},
	{"graph XOR network OR lattice", "((graph XOR network) OR lattice)"},
	{"graph XOR NOT network", "(graph XOR (* NOT network))"},
	{"* XOR graph", "(* NOT graph)"},
	{"cat:cs.NE XOR cat:cs.AI", "(cat:cs.NE XOR cat:cs.AI)"},
	{"the XOR problem", "(\"XOR\":stem AND problem)"},
	{"XOR problem", "(\"XOR\":stem AND problem)"},
	{"solve XOR", "(solve AND \"XOR\":stem)"},
	{"solve AND XOR gates", "(solve AND \"XOR\":stem AND gates)"},
	{"(XOR) gate", "(\"XOR\":stem AND gate)"},
	{"xor gate", "(xor AND gate)"},
};

static const row tight[] = {
	{"graph ADJ network", "(graph ADJ/10 network)"},
	{"graph ADJ/1 network", "(graph ADJ/1 network)"},
	{"graph ADJ/2 deep ADJ network", "(graph ADJ/10 deep ADJ/10 network)"},
	{"ti:graph ADJ/3 ti:network", "(title:graph ADJ/3 title:network)"},
	{"graph ADJ (deep OR network)", "(graph AND (deep OR network))"},
	{"graph NEAR deep ADJ network", "((graph NEAR/10 deep) AND network)"},
	{"graph ADJ/x network", "(graph AND ADJ/x AND network)"},
	{"ADJ network", "network"},
	{"network ADJ", "network"},
	{"tree graph ADJ network", "(tree AND (graph ADJ/10 network))"},
	{"car SYNONYM auto SYNONYM \"motor car\"", "(car SYNONYM auto SYNONYM \"motor car\")"},
	{"car SYNONYM (auto SYNONYM vehicle)", "(car SYNONYM auto SYNONYM vehicle)"},
	{"(car SYNONYM auto)^2 fast", "((car SYNONYM auto)^2 AND fast)"},
	{"car SYNONYM (fast AND auto)", "(car OR (fast AND auto))"},
	{"(a NEAR/2 b) SYNONYM c*t", "((a NEAR/2 b) OR c*t)"},
	{"\"a b\" SYNONYM c*t", "(\"a b\" SYNONYM c*t)"},
	{"2601.22876v2", "(\"2601 22876\":stem OR id:2601.22876)"},
	{"https://arxiv.org/abs/math/0309136", "(\"math 0309136\":stem OR id:math/0309136)"},
	{"=2601.22876", "=2601.22876"},
	{"graph 3.14159", "(graph AND 3.14159)"},
	{"NOT NOT graph", "graph"},
	{"SYNONYM detection", "(\"SYNONYM\":stem AND detection)"},
	{"detect SYNONYM", "(detect AND \"SYNONYM\":stem)"},
	{"graph AND_MAYBE network", "(graph AND_MAYBE network)"},
	{"graph AND_MAYBE network AND_MAYBE tree", "(graph AND_MAYBE network AND_MAYBE tree)"},
	{"graph AND_MAYBE cat:cs.NE", "graph"},
	{"graph ELITE/2 network ELITE/2 lattice", "(graph ELITE/2 network ELITE/2 lattice)"},
	{"graph ELITE/2 network", "(graph OR network)"},
	{"graph ELITE network", "(graph AND ELITE AND network)"},
};

static const row wildcards[] = {
	{"neuro*phic", "neuro*phic"},
	{"organi?ation", "organi?ation"},
	{"ti:neuro*phic", "title:neuro*phic"},
	{"au:sm?th", "author:sm?th"},
	{"wom?n*", "wom?n*"},
	{"neuro*phic^2", "(neuro*phic)^2"},
	{"=neuro*phic", "neuro*phic"},
	{"-neuro*phic graph", "(graph NOT neuro*phic)"},
	{"why? because", "(why AND because)"},
	{"C*-algebra", "C*-algebra"},
	{"a*b", "a*b"},
	{"sch*nb\xC3\xA9rg", "sch*nb\xC3\xA9rg"},
	{"*tion", "tion"},
	{"cat:cs.*", "cat:cs.*"},
	{"cat:c*.NE", "cat:c*.NE"},
	{"graph NEAR neuro*phic", "(graph AND neuro*phic)"},
};

static const row persons[] = {
	{"au:LeCun", "author:LeCun"},
	{"au:\"LeCun\"", "author:LeCun"},
	{"au:=LeCun", "author:=LeCun"},
	{"au:=\"LeCun\"", "author:=LeCun"},
	{"au:\"Yann LeCun\"", "author:\"Yann LeCun\""},
	{"au:\"LeCun, Y.\"", "author:\"LeCun, Y.\""},
	{"au:lecun_y", "author:lecun_y"},
	{"au:\"lecun_y\"", "author:lecun_y"},
	{"au:LeCun,Y", "author:LeCun,Y"},
	{"au:Y.LeCun", "author:Y.LeCun"},
	{"au:=\"Yann LeCun\"", "author:=\"Yann LeCun\""},
	{"au:=lecun_yann", "author:=\"lecun_yann\""},
	{"au:Garcia-Lopez", "author:Garcia-Lopez"},
	{"au:\"Garcia-Lopez\"", "author:Garcia-Lopez"},
	{"au:O'Brien", "author:O'Brien"},
	{"au:lecu*", "author:lecu*"},
	{"au:\"yann lec\"*", "author:\"yann lec\"*"},
	{"au:(\"Yann LeCun\" OR bengio_y)", "(author:\"Yann LeCun\" OR author:bengio_y)"},
	{"au:(Yann LeCun)", "(author:Yann AND author:LeCun)"},
	{"au:\"Yann LeCun\":phrase", "author:\"Yann LeCun\":phrase"},
	{"au:\"LeCun\":name", "author:\"LeCun\":name"},
	{"au:\"LeCun\":whole", "author:\"LeCun\":whole"},
	{"ti:\"deep network\":name", "title:\"deep network\""},
	{"au:\"Yann LeCun\" NEAR au:bengio", "(author:\"Yann LeCun\" AND author:bengio)"},
	{"au:\"Yann LeCun\"^2 graph", "((author:\"Yann LeCun\")^2 AND graph)"},
	{"rn:CERN_TH", "report:CERN_TH"},
};

static const row states[] = {
	{"is:withdrawn", "is:withdrawn"},
	{"is:New graph", "(graph FILTER is:new)"},
	{"has:doi has:journal", "(has:doi OR has:journal)"},
	{"has:doi AND has:report", "(has:doi AND has:report)"},
	{"-is:withdrawn graph", "(graph NOT is:withdrawn)"},
	{"graph is:updated cat:cs.NE", "(graph FILTER is:updated FILTER cat:cs.NE)"},
	{"is:foo", "\"is:foo\":stem"},
	{"has:\"no such\" graph", "(\"no such\" AND graph)"},
	{"term:XAb/c", "term:XAb/c"},
	{"term:+++", "term:+++"},
	{"term:\"a\" graph", "(graph FILTER term:a)"},
	{"term:Xa*", "term:Xa*"},
};

/* As they stand in an URL. */
static const row urls[] = {
	{"au:del_maestro+AND+ti:checkerboard", "(author:del_maestro AND title:checkerboard)"},
	{"au:del_maestro+ANDNOT+%28ti:checkerboard+OR+ti:Pyrochlore%29",
         "(author:del_maestro NOT (title:checkerboard OR title:Pyrochlore))"},
	{"au:del_maestro+ANDNOT+%28ti:checkerboard+OR+ti:%22quantum+criticality%22%29",
         "(author:del_maestro NOT (title:checkerboard OR title:\"quantum criticality\"))"},
	{"http://export.arxiv.org/api/query?search_query=all:electron", "electron"},
	{"https://export.arxiv.org/api/"
         "query?search_query=all:electron+AND+all:proton&start=0&max_results=1",
         "(electron AND proton)"},
	{"http://export.arxiv.org/api/query?id_list=hep-ex/0307015,cs/9901002v1",
         "(id:hep-ex/0307015 OR id:cs/9901002v1)"},
	{"search_query=all:electron&id_list=2601.22876", "(electron AND id:2601.22876)"},
	{"au:del_maestro+AND+submittedDate:[202301010600+TO+202401010600]",
         "(author:del_maestro AND submitted:2023-01-01T06:00:00Z..2024-01-01T06:00:59Z)"},
	{"all:%22deep+network%22", "\"deep network\""},
	{"C++", "C++"},
	{"+must", "must"},
	{"a+AND b", "(a+AND AND b)"},
	{"100%22x graph", "(\"100%22x\":stem AND graph)"},
	{"cat:a%28b graph", "(graph FILTER cat:\"a%28b\")"},
	{"x%00y+AND+z", "(x%00y AND z)"},
};

TABLE_TEST(exclusive)
TABLE_TEST(tight)
TABLE_TEST(wildcards)
TABLE_TEST(persons)
TABLE_TEST(states)
TABLE_TEST(urls)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exclusive), cmocka_unit_test(test_tight),
		cmocka_unit_test(test_wildcards), cmocka_unit_test(test_persons),
		cmocka_unit_test(test_states),    cmocka_unit_test(test_urls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
