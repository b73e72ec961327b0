package dev.kingpin.bench;

import dev.kingpin.GroupedModel;
import dev.kingpin.Kingpin;
import dev.kingpin.data.TableSource;
import dev.kingpin.duckdb.Tables;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.kernel.Hash;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a model per group is worth it, by the size of the group: flights by route, judged on a
 * fifth of the rows that no part of training saw.
 *
 * <pre>bench/run quality FLIGHTS.parquet</pre>
 *
 * The fifth is chosen by a hash of the row's position in the file. The rest is trained as a user
 * would: configs are compared on a holdout of their own, the winner is refitted on all of the rest.
 * Rivals are a model for each route, alone or pulled toward the model of its origin, and one model
 * for all rows, without and with the airports as categories.
 */
final class QualityBenchmark {
  private static final long SEED = 7;
  private static final double KEPT_BACK = 0.2;
  private static final String[] ROUTE = {"origin", "destination"};
  private static final String FEATURES =
      "distance, hour(date) AS hour, weekday(date) AS weekday, month(date) AS month";
  private static final Object[] L2 = {0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1};
  private static final Object[] FEW_L2 = {0, 0.01, 0.1};
  private static final Object[] SHRINK = {3, 10, 30, 100, 300, 1000, 3000};

  private QualityBenchmark() {}

  static void run(List<String> arguments) {
    if (arguments.size() != 1) {
      throw new IllegalArgumentException("Maybe use: bench/run quality FLIGHTS.parquet");
    }
    TableSource flights = Tables.parquet(Path.of(arguments.get(0)));
    TableSource learned = new SomeRows(flights, r -> !isKeptBack(r));
    TableSource keptBack = new SomeRows(flights, QualityBenchmark::isKeptBack);
    for (String target : List.of("delay > 15 AS late", "delay")) {
      compare(target, learned, keptBack);
    }
  }

  private static boolean isKeptBack(long row) {
    return Hash.unit(Hash.hash(SEED, row)) < KEPT_BACK;
  }

  /** What is compared: a name for the table's head, and how it is trained. */
  private static Map<String, TrainQuery> rivals(String target) {
    Map<String, TrainQuery> rivals = new LinkedHashMap<>();
    rivals.put("route", query(target, FEATURES, ROUTE).grid("l2", L2).build());
    QueryBuilder shrunk = query(target, FEATURES, ROUTE).grid("l2", FEW_L2).grid("shrink", SHRINK);
    rivals.put("route, shrunk", shrunk.build());
    rivals.put("all", query(target, FEATURES, SomeRows.ALL).grid("l2", L2).build());
    String more = FEATURES + ", origin, destination";
    rivals.put("all, airports", query(target, more, SomeRows.ALL).grid("l2", L2).build());
    return rivals;
  }

  private static QueryBuilder query(String target, String features, String... groupBy) {
    QueryBuilder query = TrainQuery.groupBy(groupBy);
    return query.predict(target).from(features).fallback(Fallback.NONE).seed(SEED);
  }

  private static void compare(String target, TableSource learned, TableSource keptBack) {
    SizeClasses classes = null;
    for (Map.Entry<String, TrainQuery> rival : rivals(target).entrySet()) {
      try (GroupedModel model =
          Kingpin.train(rival.getValue(), learned, RunOptions.defaults(), RunListener.NONE)) {
        if (classes == null) {
          classes = new SizeClasses(model, keptBack, List.of(ROUTE));
        }
        classes.add(rival.getKey(), model.predict(keptBack));
      }
    }
    if (classes != null) {
      classes.print(target);
    }
  }
}
