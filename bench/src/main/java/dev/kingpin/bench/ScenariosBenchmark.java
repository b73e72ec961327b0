package dev.kingpin.bench;

import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Decision;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Terms;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where every strategy stops scaling, and why: tables of 1 to 100 TB on 4 to 10,000 workers, in
 * virtual time.
 *
 * <pre>bench/run scenarios [lbfgs | sgd] [--gigabits G] [--source G]</pre>
 *
 * Links are of so many gigabits a second, and all workers together read rows at so many gigabits a
 * second; without {@code --source} as fast as their links.
 */
final class ScenariosBenchmark {
  private static final int[] WORKERS = {4, 16, 64, 256, 1_000, 4_000, 10_000};
  private static final double[] TERABYTES = {1, 10, 100};
  private static final List<String> KINDS = List.of("lbfgs", "sgd");
  private static final List<String> STRATEGIES = List.of("gtp", "mtp", "dp", "sp", "mop", "gl");
  private static final double GIGABITS = 25;
  private static final double GIGABIT = 1e9 / 8; // bytes
  private static final double MEMORY = 300e9;
  private static final int WIDTH = 64;

  /**
   * How rows are shared out among groups.
   *
   * @param zipf as in {@link PlanScenario}
   */
  private record Shape(String name, int groups, double zipf) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("few giants: 8 groups, Zipf 1", 8, 1),
          new Shape("2,000 groups, Zipf 1", 2_000, 1),
          new Shape("20,000 equal groups", 20_000, 0));

  private final List<String> kinds = new ArrayList<>();
  private double gigabits = GIGABITS;
  private double source = Double.POSITIVE_INFINITY; // bytes a second

  private ScenariosBenchmark(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "--gigabits" -> gigabits = positive(word, words, ++i);
        case "--source" -> source = positive(word, words, ++i) * GIGABIT;
        default -> kinds.add(kind(word));
      }
    }
  }

  private static double positive(String word, List<String> words, int at) {
    String value = at < words.size() ? words.get(at) : "";
    if (value.matches("\\d+(\\.\\d+)?") && Double.parseDouble(value) > 0) {
      return Double.parseDouble(value);
    }
    throw new IllegalArgumentException(
        word + " takes gigabits a second, not (" + value + "). Maybe write " + word + " 100.");
  }

  private static String kind(String word) {
    if (KINDS.contains(word)) {
      return word;
    }
    throw new IllegalArgumentException(
        "Word (" + word + ") is unknown. Maybe use lbfgs, sgd, --gigabits, --source.");
  }

  static void run(List<String> arguments) {
    new ScenariosBenchmark(arguments).run();
  }

  private void run() {
    DecimalFormat number =
        new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
    System.out.printf(
        Locale.ROOT,
        "12 configs, 10 epochs, %d features, holdout of a fifth, refit; workers of one core and"
            + " %.0f GB, links of %s Gbit/s and 50 us, a store %s.%n",
        WIDTH,
        MEMORY / 1e9,
        number.format(gigabits),
        Double.isInfinite(source)
            ? "that fills them all"
            : "of " + number.format(source / GIGABIT) + " Gbit/s for all of them");
    for (String kind : kinds.isEmpty() ? KINDS : kinds) {
      for (Shape shape : SHAPES) {
        table(kind, shape);
      }
    }
  }

  private void table(String kind, Shape shape) {
    System.out.printf("%n%s, %s%n%n| TB | workers |", kind, shape.name());
    STRATEGIES.forEach(s -> System.out.printf(" %s |", s));
    System.out.printf(" auto |%n|--:|--:|%s--:|%n", "--:|".repeat(STRATEGIES.size()));
    for (double terabytes : TERABYTES) {
      Map<String, Double> first = new TreeMap<>(); // workers times seconds, where it ran first
      for (int workers : WORKERS) {
        if (workers * MEMORY > 1.05 * terabytes * 1e12) {
          PlanScenario scenario = scenario(kind, shape, terabytes, workers);
          System.out.println(row(scenario, terabytes, first));
        }
      }
    }
  }

  private PlanScenario scenario(String kind, Shape shape, double terabytes, int workers) {
    double rows = terabytes * 1e12 / PlanScenario.rowBytes(WIDTH);
    return new PlanScenario(
        kind, shape.groups(), shape.zipf(), WIDTH, rows, workers, gigabits, false, false);
  }

  private String row(PlanScenario scenario, double terabytes, Map<String, Double> first) {
    Cluster.Network network = scenario.network().withSource(source);
    Cluster cluster =
        Cluster.of(Machine.USUAL, scenario.workers(), new Cluster.Worker(1, MEMORY), network);
    Optimizer optimizer = new Optimizer(List.of(scenario.demands(Machine.USUAL, network)), cluster);
    Decision decision = optimizer.decide();
    StringBuilder row = new StringBuilder();
    row.append(String.format(Locale.ROOT, "| %.0f | %,d |", terabytes, scenario.workers()));
    for (String name : STRATEGIES) {
      decision.candidates().stream()
          .filter(c -> c.strategy().equals(name))
          .forEach(c -> row.append(cell(c, name, scenario.workers(), first)));
    }
    Candidate auto = decision.chosen();
    return row.append(
            auto == null ? " none |" : cell(auto, Strategies.AUTO, scenario.workers(), first))
        .toString();
  }

  /** Seconds, the efficiency beside the smallest cluster, and what binds. */
  private static String cell(
      Candidate candidate, String name, int workers, Map<String, Double> first) {
    String problem = candidate.problem();
    if (problem != null && (candidate.simulation() == null || problem.contains("memory"))) {
      boolean isSlow = problem.startsWith("takes more");
      return problem.contains("memory") ? " memory |" : isSlow ? " slow |" : " n/a |";
    }
    double work = workers * candidate.seconds();
    double efficiency = Objects.requireNonNull(first.computeIfAbsent(name, n -> work)) / work;
    return String.format(
        Locale.ROOT,
        " %s s, %.0f%%, %s |",
        seconds(candidate.seconds()),
        100 * efficiency,
        binding(Terms.of(Objects.requireNonNull(candidate.simulation()))));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 100 ? "%.1f" : "%,.0f", seconds);
  }

  /** The largest part of the time. */
  private static String binding(Terms terms) {
    double most =
        Math.max(Math.max(terms.load(), terms.work()), Math.max(terms.uneven(), terms.waiting()));
    if (most == terms.work()) {
      return "work";
    }
    if (most == terms.load()) {
      return "loading";
    }
    return most == terms.uneven() ? "busiest" : "waiting";
  }
}
