// What well-known solvers make of a problem that clearing.c wrote:
//   reference simplex FILE   LEMON's network simplex: the greatest worth
//   reference bound FILE     Clp: the most that could be placed, were packages
//                            divisible
// Prints the figure and the seconds that solving took, reading left out.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include <coin/ClpSimplex.hpp>
#include <lemon/list_graph.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace {

struct option {
	int pool;
	std::int64_t value;
};

struct item {
	int amount;
	std::vector<option> options;
};

struct problem {
	std::vector<int> capacity;
	std::vector<item> items;
};

bool
read(const char *path, problem &problem)
{
	std::FILE *file = std::fopen(path, "r");
	std::size_t items, pools;

	if (file == nullptr || std::fscanf(file, "%zu %zu", &items, &pools) != 2)
		return false;
	problem.capacity.resize(pools);
	for (int &capacity : problem.capacity)
		if (std::fscanf(file, "%d", &capacity) != 1)
			return false;
	problem.items.resize(items);
	for (item &item : problem.items) {
		std::size_t options;

		if (std::fscanf(file, "%d %zu", &item.amount, &options) != 2)
			return false;
		item.options.resize(options);
		for (option &option : item.options) {
			long long value;

			if (std::fscanf(file, "%d %lld", &option.pool, &value) != 2)
				return false;
			option.value = value;
		}
	}
	std::fclose(file);
	return true;
}

using clock_type = std::chrono::steady_clock;

double
seconds_since(clock_type::time_point start)
{
	return std::chrono::duration<double>(clock_type::now() - start).count();
}

// Every item sends one unit, to a pool or, worth nothing, past all of them.
int
simplex(const problem &problem)
{
	using graph_type = lemon::SmartDigraph;
	const clock_type::time_point start = clock_type::now();
	graph_type graph;
	graph_type::ArcMap<std::int64_t> cost(graph), upper(graph);
	std::vector<graph_type::Node> pools;
	const graph_type::Node source = graph.addNode(), sink = graph.addNode();
	const auto arc = [&](graph_type::Node from, graph_type::Node to,
	    std::int64_t most, std::int64_t worth) {
		const graph_type::Arc made = graph.addArc(from, to);

		upper[made] = most;
		cost[made] = -worth;
	};

	for (const int capacity : problem.capacity) {
		pools.push_back(graph.addNode());
		arc(pools.back(), sink, capacity, 0);
	}
	for (const item &item : problem.items) {
		const graph_type::Node node = graph.addNode();

		arc(source, node, 1, 0);
		arc(node, sink, 1, 0);
		for (const option &option : item.options)
			arc(node, pools[option.pool], 1, option.value);
	}
	lemon::NetworkSimplex<graph_type, std::int64_t, std::int64_t> solver(graph);
	const std::int64_t all = static_cast<std::int64_t>(problem.items.size());

	solver.upperMap(upper).costMap(cost).stSupply(source, sink, all);
	if (solver.run() != solver.OPTIMAL)
		return 1;
	std::printf("%.17g %.6f\n", -solver.totalCost<double>(),
	    seconds_since(start));
	return 0;
}

int
bound(const problem &problem)
{
	const clock_type::time_point start = clock_type::now();
	const int items = static_cast<int>(problem.items.size());
	const int pools = static_cast<int>(problem.capacity.size());
	std::vector<int> starts(1, 0), rows;
	std::vector<double> elements, objective, above;

	for (int i = 0; i < items; i++)
		for (const option &option : problem.items[i].options) {
			rows.insert(rows.end(), { i, items + option.pool });
			elements.insert(elements.end(), { 1.0, 1.0 });
			objective.push_back(-1.0);
			starts.push_back(static_cast<int>(rows.size()));
		}
	for (const item &item : problem.items)
		above.push_back(item.amount);
	for (const int capacity : problem.capacity)
		above.push_back(capacity);
	const std::vector<double> below(items + pools, 0.0);
	const std::vector<double> least(objective.size(), 0.0);
	const std::vector<double> most(objective.size(), COIN_DBL_MAX);
	ClpSimplex model;

	model.setLogLevel(0);
	model.loadProblem(static_cast<int>(objective.size()), items + pools,
	    starts.data(), rows.data(), elements.data(), least.data(),
	    most.data(), objective.data(), below.data(), above.data());
	model.dual();
	if (!model.isProvenOptimal())
		return 1;
	std::printf("%.17g %.6f\n", -model.objectiveValue(),
	    seconds_since(start));
	return 0;
}

} // namespace

int
main(int count, char **argument)
{
	problem problem;

	if (count != 3 || !read(argument[2], problem)) {
		std::fprintf(stderr, "usage: reference simplex|bound FILE\n");
		return 2;
	}
	return std::strcmp(argument[1], "simplex") == 0 ? simplex(problem)
	                                                 : bound(problem);
}
