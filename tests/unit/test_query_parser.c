/* What people type, and the query it becomes: rows of text and description. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/query_parser.h>
#include <stdio.h>
#include <string.h>

#include "datetime.h"

typedef struct row {
	const char *text, *expected;
} row;

static const row words[] = {
	{"network", "network"},
	{"spiking network", "(spiking AND network)"},
	{"spiking neural network", "(spiking AND neural AND network)"},
	{"  spiking \t network\n", "(spiking AND network)"},
	{"spiking\r\nneural\vnetwork", "(spiking AND neural AND network)"},
	{"spiking\xC2\xA0network", "(spiking AND network)"},
	{"Spiking NETWORK", "(Spiking AND NETWORK)"},
	{"network network", "(network AND network)"},
	{"network, graph; lattice.", "(network AND graph AND lattice)"},
	{"Is this 'network' deep?", "(network AND deep)"},
	{"non-invasive", "non-invasive"},
	{"spike-timing-dependent plasticity", "(spike-timing-dependent AND plasticity)"},
	{"pre- and postsynaptic", "(pre AND postsynaptic)"},
	{"AT&T", "AT&T"},
	{"C++", "C++"},
	{"C# F#", "(C# AND F#)"},
	{"input/output", "input/output"},
	{"$L^2$", "$L^2$"},
	{"$L^2$ bounds", "($L^2$ AND bounds)"},
	{"CO$_2$ capture", "(CO$_2$ AND capture)"},
	{"$SU(2)$ gauge", "($SU(2)$ AND gauge)"},
	{"Schr\\\"odinger equation", "(Schr\\\"odinger AND equation)"},
	{"Erd{\\H o}s graph", "(Erd{\\H o}s AND graph)"},
	{"Poincar\\'e", "Poincar\\'e"},
	{"caf\xC3\xA9", "caf\xC3\xA9"},
	{"\xCE\xB3-ray", "\xCE\xB3-ray"},
	{"\xE9\x87\x8F\xE5\xAD\x90", "\xE9\x87\x8F\xE5\xAD\x90"},
	{"e^+e^- collider", "(e^+e^ AND collider)"},
	{"(2+1)-dimensional gravity", "(2+1 AND dimensional AND gravity)"},
	{"10:30 meeting", "(10:30 AND meeting)"},
	{"http://example.org/x", "http://example.org/x"},
	{"std::vector", "std::vector"},
	{"**bold** *starred*", "(bold AND starred)"},
	{"x = y + z - w", "(x AND y AND z AND w)"},
	{"deep --learning -- survey", "(deep AND learning AND survey)"},
};

static const row exact_and_prefix[] = {
	{"\"network\"", "=network"},
	{"=network", "=network"},
	{"=\"network\"", "=network"},
	{"\"spiking neural network\"", "\"spiking neural network\""},
	{"\"spiking   neural\nnetwork\"", "\"spiking neural network\""},
	{"\" spiking network \"", "\"spiking network\""},
	{"\"non-invasive\"", "=non-invasive"},
	{"\"network\" graph", "(=network AND graph)"},
	{"\"the network\"", "\"the network\""},
	{"\"Schr\\\"odinger equation\"", "\"Schr\\\"odinger equation\""},
	{"\xE2\x80\x9Cspiking network\xE2\x80\x9D", "\"spiking network\""},
	{"\"spiking network\":stem", "\"spiking network\":stem"},
	{"\"spiking netw\"*", "\"spiking netw\"*"},
	{"comput*", "comput*"},
	{"comput*, graph", "(comput* AND graph)"},
	{"comput**", "comput*"},
	{"a*b", "a*b"},
	{"=", "<nothing>"},
	{"==network", "network"},
	{"=comput*", "comput*"},
	{"*", "*"},
	{"* network", "network"},
	{"* NOT network", "(* NOT network)"},
};

static const row operators[] = {
	{"graph AND network", "(graph AND network)"},
	{"graph OR network", "(graph OR network)"},
	{"graph and network", "(graph AND network)"},
	{"graph or network", "(graph AND network)"},
	{"graph NOT network", "(graph NOT network)"},
	{"graph ANDNOT network", "(graph NOT network)"},
	{"graph AND NOT network", "(graph NOT network)"},
	{"graph OR network lattice", "(graph OR (network AND lattice))"},
	{"graph network OR lattice", "((graph AND network) OR lattice)"},
	{"graph AND network OR lattice AND tree", "((graph AND network) OR (lattice AND tree))"},
	{"(graph OR network) lattice", "((graph OR network) AND lattice)"},
	{"(graph OR network) AND (lattice OR tree)", "((graph OR network) AND (lattice OR tree))"},
	{"graph AND (network AND (lattice AND tree))", "(graph AND network AND lattice AND tree)"},
	{"graph OR (network OR (lattice OR tree))", "(graph OR network OR lattice OR tree)"},
	{"graph NOT network lattice", "((graph AND lattice) NOT network)"},
	{"graph OR network NOT lattice", "(graph OR (network NOT lattice))"},
	{"(graph OR network) NOT lattice", "((graph OR network) NOT lattice)"},
	{"graph NOT network NOT lattice", "(graph NOT network NOT lattice)"},
	{"graph NOT (network OR lattice)", "(graph NOT (network OR lattice))"},
	{"graph OR NOT network", "(graph OR (* NOT network))"},
	{"NOT graph", "(* NOT graph)"},
	{"NOT graph network", "(network NOT graph)"},
	{"graph AND (NOT network)", "(graph NOT network)"},
	{"(graph NOT network) AND lattice", "((graph AND lattice) NOT network)"},
	{"graph(network)", "(graph AND network)"},
	{"NOT(graph OR network)", "(* NOT (graph OR network))"},
	{"((((graph))))", "graph"},
	{"graph NEAR network", "(graph NEAR/10 network)"},
	{"graph NEAR/5 network", "(graph NEAR/5 network)"},
	{"graph NEAR/5 network NEAR/7 lattice", "(graph NEAR/7 network NEAR/7 lattice)"},
	{"graph NEAR/0 \"deep network\"", "(graph NEAR/1 \"deep network\")"},
	{"graph NEAR/99999 network", "(graph AND NEAR/99999 AND network)"},
	{"graph NEAR/9999 network", "(graph NEAR/1000 network)"},
	{"graph NEAR/x network", "(graph AND NEAR/x AND network)"},
	{"ti:graph NEAR/5 ti:network", "(title:graph NEAR/5 title:network)"},
	{"ti:(graph NEAR network)", "(title:graph NEAR/10 title:network)"},
	{"ti:graph NEAR abs:network", "(title:graph AND abstract:network)"},
	{"graph NEAR (network OR lattice)", "(graph AND (network OR lattice))"},
	{"graph NEAR netw*", "(graph AND netw*)"},
	{"tree graph NEAR network lattice", "(tree AND (graph NEAR/10 network) AND lattice)"},
	{"tree NOT graph NEAR network", "(tree NOT (graph NEAR/10 network))"},
	{"XOR problem", "(XOR AND problem)"},
};

static const row signs[] = {
	{"+graph network", "(graph AND network)"},
	{"-graph network", "(network NOT graph)"},
	{"network -graph", "(network NOT graph)"},
	{"network -graph -tree lattice", "((network AND lattice) NOT graph NOT tree)"},
	{"-graph", "(* NOT graph)"},
	{"-graph -tree", "(* NOT graph NOT tree)"},
	{"-\"deep graph\" network", "(network NOT \"deep graph\")"},
	{"-(graph OR tree) network", "(network NOT (graph OR tree))"},
	{"-(graph tree) network", "(network NOT (graph AND tree))"},
	{"-ti:graph network", "(network NOT title:graph)"},
	{"-cat:cs.NE network", "(network NOT cat:cs.NE)"},
	{"-=graph network", "(network NOT =graph)"},
	{"graph AND -tree", "(graph NOT tree)"},
	{"graph OR -tree", "(graph OR (* NOT tree))"},
	{"graph OR tree -leaf", "(graph OR (tree NOT leaf))"},
	{"(-graph) tree", "(tree NOT graph)"},
};

static const row fields[] = {
	{"ti:network", "title:network"},
	{"TI:network", "title:network"},
	{"title:network", "title:network"},
	{"abs:network", "abstract:network"},
	{"abstract:network", "abstract:network"},
	{"au:LeCun", "author:LeCun"},
	{"author:LeCun", "author:LeCun"},
	{"au:del_maestro", "author:del_maestro"},
	{"au:delmaestro_a", "author:delmaestro_a"},
	{"au:\"del Maestro\"", "author:\"del Maestro\""},
	{"au:\"Y LeCun\"", "author:\"Y LeCun\""},
	{"co:figures", "comment:figures"},
	{"comments:figures", "comment:figures"},
	{"jr:nature", "journal:nature"},
	{"journal:nature", "journal:nature"},
	{"rn:CERN-TH", "report:CERN-TH"},
	{"report:CERN-TH", "report:CERN-TH"},
	{"all:network", "network"},
	{"ti:=network", "title:=network"},
	{"=ti:network", "title:=network"},
	{"ti:comput*", "title:comput*"},
	{"ti:\"deep network\"", "title:\"deep network\""},
	{"ti:\"network\"", "title:=network"},
	{"ti:(deep network)", "(title:deep AND title:network)"},
	{"ti:(deep OR \"spiking network\")", "(title:deep OR title:\"spiking network\")"},
	{"ti:(deep au:lecun network)", "(title:deep AND author:lecun AND title:network)"},
	{"ti:(deep abs:(graph tree) network)",
         "(title:deep AND abstract:graph AND abstract:tree AND title:network)"},
	{"ti:(deep all:graph)", "(title:deep AND graph)"},
	{"ti:deep network", "(title:deep AND network)"},
	{"ti: deep network", "(title:deep AND network)"},
	{"ti: AND deep", "(ti AND deep)"},
	{"Report: deep network", "(Report AND deep AND network)"},
	{"ti:", "ti"},
	{"ti:)", "ti"},
	{"ti:\"", "<nothing>"},
	{"ti:()", "<nothing>"},
	{"ti:AND", "title:\"AND\":stem"},
	{"cat:cs.NE", "cat:cs.NE"},
	{"category:cs.NE", "cat:cs.NE"},
	{"cat:cs", "cat:cs"},
	{"cat:cs.*", "cat:cs.*"},
	{"cat:\"cs.NE\"", "cat:cs.NE"},
	{"primary:cs.NE", "primary:cs.NE"},
	{"id:2601.22876", "id:2601.22876"},
	{"id:math/0309136", "id:math/0309136"},
	{"arXiv:2601.22876v2", "id:2601.22876v2"},
	{"doi:10.1103/PhysRevLett.98.010505", "doi:10.1103/PhysRevLett.98.010505"},
	{"doi:10.1016/S0021-9991(03)00001-1", "doi:10.1016/S0021-9991(03)00001-1"},
	{"(doi:10.1016/S0021-9991(03)00001-1)", "doi:10.1016/S0021-9991(03)00001-1"},
	{"msc:68T05", "msc:68T05"},
	{"msc:\"68T05 68T07\"", "msc:\"68T05 68T07\""},
	{"acm:I.2.6", "acm:I.2.6"},
	{"cat:???", "<nothing>"},
	{"doi:*", "<nothing>"},
};

static const row filters[] = {
	{"cat:cs.NE cat:cs.AI", "(cat:cs.NE OR cat:cs.AI)"},
	{"cat:cs.NE, cat:cs.AI", "(cat:cs.NE OR cat:cs.AI)"},
	{"cat:cs.NE AND cat:cs.AI", "(cat:cs.NE AND cat:cs.AI)"},
	{"cat:cs.NE OR cat:cs.AI", "(cat:cs.NE OR cat:cs.AI)"},
	{"cat:(cs.NE cs.AI)", "(cat:cs.NE OR cat:cs.AI)"},
	{"cat:(cs.NE AND cs.AI)", "(cat:cs.NE AND cat:cs.AI)"},
	{"cat:cs.NE primary:cs.AI", "(cat:cs.NE AND primary:cs.AI)"},
	{"cat:cs.NE primary:cs.AI cat:cs.LG", "((cat:cs.NE OR cat:cs.LG) AND primary:cs.AI)"},
	{"network cat:cs.NE", "(network FILTER cat:cs.NE)"},
	{"cat:cs.NE network", "(network FILTER cat:cs.NE)"},
	{"deep network cat:cs.NE", "((deep AND network) FILTER cat:cs.NE)"},
	{"network cat:cs.NE cat:cs.AI", "(network FILTER (cat:cs.NE OR cat:cs.AI))"},
	{"network cat:cs.NE primary:cs.AI", "(network FILTER cat:cs.NE FILTER primary:cs.AI)"},
	{"network AND cat:cs.NE", "(network AND cat:cs.NE)"},
	{"network cat:cs.NE cat:cs.AI AND cat:math.CO",
         "((network AND cat:cs.AI AND cat:math.CO) FILTER cat:cs.NE)"},
	{"+cat:cs.NE +cat:cs.AI", "(cat:cs.NE AND cat:cs.AI)"},
	{"network -cat:cs.NE cat:cs.AI", "((network FILTER cat:cs.AI) NOT cat:cs.NE)"},
	{"(cat:cs.NE OR primary:cs.AI) network", "(network FILTER (cat:cs.NE OR primary:cs.AI))"},
	{"(NOT cat:cs.NE) network", "(network NOT cat:cs.NE)"},
	{"graph OR network cat:cs.NE", "(graph OR (network FILTER cat:cs.NE))"},
	{"network cat:cs.NE^3", "(network FILTER cat:cs.NE)"},
	{"submitted:2020 submitted:2022",
         "(submitted:2020-01-01T00:00:00Z..2020-12-31T23:59:59Z OR "
         "submitted:2022-01-01T00:00:00Z..2022-12-31T23:59:59Z)"},
	{"submitted:2020.. submitted:..2022",
         "(submitted:2020-01-01T00:00:00Z.. AND submitted:..2022-12-31T23:59:59Z)"},
	{"network submitted:2020..", "(network FILTER submitted:2020-01-01T00:00:00Z..)"},
	{"(network FILTER cat:cs.NE)", "(network FILTER cat:cs.NE)"},
	{"(network FILTER (cat:cs.NE OR cat:cs.AI) FILTER id:math/0309136)",
         "(network FILTER (cat:cs.NE OR cat:cs.AI) FILTER id:math/0309136)"},
	{"KALMAN FILTER", "(KALMAN AND FILTER)"},
	{"KALMAN FILTER cat:eess.SP", "((KALMAN AND FILTER) FILTER cat:eess.SP)"},
	{"(KALMAN FILTER) (FILTER BANK)", "(KALMAN AND FILTER AND FILTER AND BANK)"},
};

static const row weights[] = {
	{"network^2", "(network)^2"},
	{"network^0.5", "(network)^0.5"},
	{"network^1", "network"},
	{"network^2.50 graph", "((network)^2.5 AND graph)"},
	{"\"deep network\"^3", "(\"deep network\")^3"},
	{"(deep network)^2", "(deep AND network)^2"},
	{"ti:network^2", "(title:network)^2"},
	{"ti:(deep network)^2", "(title:deep AND title:network)^2"},
	{"comput*^2", "(comput*)^2"},
	{"((network)^2)^3", "(network)^6"},
	{"network^99999999999", "(network)^1000000"},
	{"network^x", "network^x"},
	{"network^", "network^"},
	{"B^0 meson", "(B^0 AND meson)"},
	{"10^5 atoms", "(10^5 AND atoms)"},
	{"(network)^0", "(network)^0"},
	{"network^1.2.3", "network^1.2.3"},
	{"memristor^2 OR crossbar OR \"phase change\" OR fpga",
         "((memristor)^2 OR crossbar OR \"phase change\" OR fpga)"},
};

static const row stop_words[] = {
	{"the theory of networks", "(theory AND networks)"},
	{"The Theory Of Networks", "(Theory AND Networks)"},
	{"theory, and: networks", "(theory AND networks)"},
	{"the", "the"},
	{"to be or not to be", "(to AND be AND or AND not AND to AND be)"},
	{"to OR be", "(to OR be)"},
	{"the AND network", "network"},
	{"the OR network", "network"},
	{"(the of) network", "network"},
	{"(the of) OR network", "network"},
	{"of the OR is a", "((of AND the) OR (is AND a))"},
	{"network NOT the", "(network NOT the)"},
	{"the NOT network", "(the NOT network)"},
	{"theory of NOT networks", "(theory NOT networks)"},
	{"+the network", "(the AND network)"},
	{"=the network", "(=the AND network)"},
	{"\"the\" network", "(=the AND network)"},
	{"the* network", "(the* AND network)"},
	{"-the network", "(network NOT the)"},
	{"the NEAR network", "(the NEAR/10 network)"},
	{"ti:the ti:network", "title:network"},
	{"au:will au:smith", "(author:will AND author:smith)"},
	{"cat:the network", "(network FILTER cat:the)"},
	{"the cat:cs.NE", "(the FILTER cat:cs.NE)"},
	{"the^2 network", "network"},
	{"how do networks learn", "(networks AND learn)"},
};

/* The time of the relative dates below: 2024-03-15T12:00:00Z, a Friday. */
static const row dates[] = {
	{"submitted:2024", "submitted:2024-01-01T00:00:00Z..2024-12-31T23:59:59Z"},
	{"submitted:2024-02", "submitted:2024-02-01T00:00:00Z..2024-02-29T23:59:59Z"},
	{"submitted:2024-02-03", "submitted:2024-02-03T00:00:00Z..2024-02-03T23:59:59Z"},
	{"submitted:2024-02-03T04:05:06Z", "submitted:2024-02-03T04:05:06Z..2024-02-03T04:05:06Z"},
	{"submitted:2024..2025-06", "submitted:2024-01-01T00:00:00Z..2025-06-30T23:59:59Z"},
	{"submitted:2024..", "submitted:2024-01-01T00:00:00Z.."},
	{"submitted:..2024", "submitted:..2024-12-31T23:59:59Z"},
	{"submitted:..", "submitted:.."},
	{"submitted:*", "submitted:.."},
	{"submitted:2025..2024", "submitted:2024-01-01T00:00:00Z..2025-12-31T23:59:59Z"},
	{"submitted:\"2024-01-01 10:30..2024-01-02\"",
         "submitted:2024-01-01T10:30:00Z..2024-01-02T23:59:59Z"},
	{"updated:2024", "updated:2024-01-01T00:00:00Z..2024-12-31T23:59:59Z"},
	{"date:2024", "date:2024-01-01T00:00:00Z..2024-12-31T23:59:59Z"},
	{"submitted:(2020 OR 2022)", "(submitted:2020-01-01T00:00:00Z..2020-12-31T23:59:59Z OR "
                                     "submitted:2022-01-01T00:00:00Z..2022-12-31T23:59:59Z)"},
	{"date:today", "date:2024-03-15T00:00:00Z..2024-03-15T23:59:59Z"},
	{"date:yesterday", "date:2024-03-14T00:00:00Z..2024-03-14T23:59:59Z"},
	{"updated:2w..", "updated:2024-03-01T00:00:00Z.."},
	{"updated:2w..yesterday", "updated:2024-03-01T00:00:00Z..2024-03-14T23:59:59Z"},
	{"date:1m", "date:2024-02-15T00:00:00Z..2024-02-15T23:59:59Z"},
	{"submittedDate:[202401010000 TO 202412312359]",
         "submitted:2024-01-01T00:00:00Z..2024-12-31T23:59:59Z"},
	{"submittedDate:[20240101 TO 2024]",
         "submitted:2024-01-01T00:00:00Z..2024-12-31T23:59:59Z"},
	{"submittedDate:[202401010000+TO+202412312359]",
         "submitted:2024-01-01T00:00:00Z..2024-12-31T23:59:59Z"},
	{"submittedDate:[* TO 2024]", "submitted:..2024-12-31T23:59:59Z"},
	{"submittedDate:[2024 TO *]", "submitted:2024-01-01T00:00:00Z.."},
	{"lastUpdatedDate:[20240101 TO 20240102]",
         "updated:2024-01-01T00:00:00Z..2024-01-02T23:59:59Z"},
	{"au:smith AND submittedDate:[202301 TO 202302]",
         "(author:smith AND submitted:2023-01-01T00:00:00Z..2023-02-28T23:59:59Z)"},
	{"submitted:soon", "\"submitted:soon\":stem"},
	{"submitted:2024-13", "\"submitted:2024-13\":stem"},
	{"submittedDate:[2024 2025]", "\"submittedDate:[2024 2025]\":stem"},
	{"submittedDate:[2024 TO", "\"submittedDate:[2024\":stem"},
};

/* The examples of arXiv's API manual, and the queries of its users' guides. */
static const row arxiv_manual[] = {
	{"all:electron", "electron"},
	{"all:electron AND all:proton", "(electron AND proton)"},
	{"au:del_maestro", "author:del_maestro"},
	{"au:del_maestro AND ti:checkerboard", "(author:del_maestro AND title:checkerboard)"},
	{"au:del_maestro ANDNOT ti:checkerboard", "(author:del_maestro NOT title:checkerboard)"},
	{"au:del_maestro ANDNOT (ti:checkerboard OR ti:Pyrochlore)",
         "(author:del_maestro NOT (title:checkerboard OR title:Pyrochlore))"},
	{"au:del_maestro AND ti:\"quantum criticality\"",
         "(author:del_maestro AND title:\"quantum criticality\")"},
	{"au:del_maestro AND submittedDate:[202301010600 TO 202401010600]",
         "(author:del_maestro AND submitted:2023-01-01T06:00:00Z..2024-01-01T06:00:59Z)"},
	{"cat:cond-mat.mes-hall AND (ti:graphene OR abs:graphene)",
         "(cat:cond-mat.mes-hall AND (title:graphene OR abstract:graphene))"},
	{"all:neuromorphic OR all:\"spiking neural network\" OR all:memristor",
         "(neuromorphic OR \"spiking neural network\" OR memristor)"},
};

static const row broken[] = {
	{"", "<nothing>"},
	{"   ", "<nothing>"},
	{"...", "<nothing>"},
	{"+++ --- ***", "<nothing>"},
	{"AND", "<nothing>"},
	{"OR NOT AND", "<nothing>"},
	{"AND network", "network"},
	{"network AND", "network"},
	{"network OR", "network"},
	{"OR network", "network"},
	{"network NOT", "network"},
	{"NEAR network", "network"},
	{"network NEAR", "network"},
	{"graph AND OR network", "(graph OR network)"},
	{"graph OR AND network", "(graph OR network)"},
	{"graph AND AND network", "(graph AND network)"},
	{"graph OR OR network", "(graph OR network)"},
	{"graph AND ... network", "(graph AND network)"},
	{"graph OR ... OR network", "(graph OR network)"},
	{"(graph OR network", "(graph OR network)"},
	{"graph OR network)", "(graph OR network)"},
	{"graph) network (", "(graph AND network)"},
	{")(", "<nothing>"},
	{"()", "<nothing>"},
	{"() graph (())", "graph"},
	{"NOT ()", "<nothing>"},
	{"\"", "<nothing>"},
	{"\"\"", "<nothing>"},
	{"\"...\"", "<nothing>"},
	{"\"deep network", "(deep AND network)"},
	{"deep \"network", "(deep AND network)"},
	{"\"deep network\" \"graph", "(\"deep network\" AND graph)"},
	{"deep network\"", "(deep AND network)"},
	{"-\"deep network", "(network NOT deep)"},
	{"\xE2\x80\x9C"
         "deep network",
         "(deep AND network)"},
	{"network\x01\x02\x1B[31m", "network[31m"},
	{"net\xFFwork", "net\xEF\xBF\xBDwork"},
	{"\xE2\x80\x8E"
         "network",
         "network"},
	{"\xE2\x80\x94 network", "network"},
	{"deep learning: a survey (extended version)",
         "(deep AND learning AND survey AND extended AND version)"},
	{"`network' ``deep graph''", "(network AND deep AND graph)"},
	{"$\\alpha$-decay of $^{238}$U", "($\\alpha$-decay AND $^{238}$U)"},
	{"\\times \\alpha", "\\alpha"},
	{"[cs.NE] {deep} <network>", "([cs.NE] AND {deep} AND <network>)"},
};

static sheaf_query_parser *make_parser(void)
{
	sheaf_query_parser *qp;

	assert_int_equal(sheaf_query_parser_new(&qp, NULL), SHEAF_OK);
	sheaf_query_parser_set_now(qp, date_days(2024, 3, 15) * 86400 + 43200);
	return qp;
}

/* The description of what `text` parses to; free it. */
static char *describe(sheaf_query_parser *qp, const char *text)
{
	sheaf_query *query;
	char        *description;

	assert_int_equal(sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &query, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_query_get_description(query, &description, NULL), SHEAF_OK);
	sheaf_query_free(query);
	return description;
}

/* 1 where the description of `text` is as expected; says so where not. */
static int matches(sheaf_query_parser *qp, const char *text, const char *expected)
{
	char *description = describe(qp, text);
	int   equal = strcmp(description, expected) == 0;

	if (!equal)
		print_error("query    %s\nexpected %s\nfound    %s\n", text, expected, description);
	sheaf_free(description);
	return equal;
}

/* Each row gives what it says, and what it gives reads back to itself. */
static void check_rows(const row *rows, size_t count)
{
	sheaf_query_parser *qp = make_parser(), *again = make_parser();
	size_t              wrong = 0;

	sheaf_query_parser_set_stopper(again, NULL);
	for (size_t i = 0; i < count; i++) {
		wrong += !matches(qp, rows[i].text, rows[i].expected);
		if (strcmp(rows[i].expected, "<nothing>") != 0)
			wrong += !matches(again, rows[i].expected, rows[i].expected);
	}
	sheaf_query_parser_free(qp);
	sheaf_query_parser_free(again);
	assert_int_equal(wrong, 0);
}

#define TABLE_TEST(table)                                           \
	static void test_##table(void **state)                      \
	{                                                           \
		(void)state;                                        \
		check_rows(table, sizeof(table) / sizeof *(table)); \
	}

TABLE_TEST(words)
TABLE_TEST(exact_and_prefix)
TABLE_TEST(operators)
TABLE_TEST(signs)
TABLE_TEST(fields)
TABLE_TEST(filters)
TABLE_TEST(weights)
TABLE_TEST(stop_words)
TABLE_TEST(dates)
TABLE_TEST(arxiv_manual)
TABLE_TEST(broken)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),     cmocka_unit_test(test_exact_and_prefix),
		cmocka_unit_test(test_operators), cmocka_unit_test(test_signs),
		cmocka_unit_test(test_fields),    cmocka_unit_test(test_filters),
		cmocka_unit_test(test_weights),   cmocka_unit_test(test_stop_words),
		cmocka_unit_test(test_dates),     cmocka_unit_test(test_arxiv_manual),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
