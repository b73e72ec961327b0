package dev.kingpin.bench;

import dev.kingpin.learner.Work;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Decision;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Optimizer;
import dev.kingpin.plan.Simulator;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How well the optimizer chooses, in virtual time over made-up scenarios: beside every strategy
 * alone, and with other rates than it believes in; and how long it takes to choose.
 *
 * <pre>bench/run plan [SCENARIOS]</pre>
 *
 * Without scenarios (0) only the time is measured.
 */
final class PlanBenchmark {
  private static final int SCENARIOS = 240;
  private static final long SEED = 4;
  private static final double ERROR = 0.3;
  private static final int WORST = 8;
  private static final int REPEATS = 5;
  private static final int WARM_UPS = 3;
  private static final String MIXED = "mixed";

  private PlanBenchmark() {}

  /**
   * What became of a scenario.
   *
   * @param auto seconds of the plan that was chosen
   * @param single the strategy that is fastest alone, and its seconds; NaN if none is possible
   * @param misled seconds of the plan that was chosen for other rates
   */
  private record Outcome(
      PlanScenario scenario,
      String chosen,
      double auto,
      String single,
      double singleSeconds,
      double misled) {
    /** Of auto, by which the best single strategy takes longer. */
    double gain() {
      return singleSeconds / auto;
    }

    /** Of the best that is known for the true rates, by which the misled plan takes longer. */
    double regret() {
      double best = Double.isNaN(singleSeconds) ? auto : Math.min(auto, singleSeconds);
      return misled / best;
    }
  }

  static void run(List<String> arguments) {
    int count = arguments.isEmpty() ? SCENARIOS : Integer.parseInt(arguments.get(0));
    List<Outcome> outcomes = new ArrayList<>();
    Random random = new Random(SEED + 1);
    for (PlanScenario scenario : PlanScenario.draw(count, SEED)) {
      outcomes.add(play(scenario, random));
    }
    outcomes.removeIf(o -> Double.isNaN(o.auto()));
    System.out.printf("%d scenarios, %d of them possible%n%n", count, outcomes.size());
    if (!outcomes.isEmpty()) {
      shares(outcomes);
      strategies(outcomes);
      worst("auto beside the best strategy alone", outcomes, Outcome::gain);
      regrets(outcomes);
      worst("plans for wrong rates", outcomes, o -> 1 / o.regret());
    }
    times();
  }

  private static Outcome play(PlanScenario scenario, Random random) {
    Cluster cluster = scenario.cluster(Machine.USUAL, scenario.network());
    Demands demands = scenario.demands(Machine.USUAL, scenario.network());
    Optimizer optimizer = new Optimizer(List.of(demands), cluster);
    Decision decision = optimizer.decide();
    Candidate auto = decision.chosen();
    Candidate single = null;
    for (Strategy strategy : Strategies.all()) {
      if (isPlayed(decision, strategy)) {
        Candidate alone = optimizer.candidate(strategy);
        boolean isFaster = single == null || alone.seconds() < single.seconds();
        single = alone.problem() == null && isFaster ? alone : single;
      }
    }
    return new Outcome(
        scenario,
        auto == null ? "" : auto.strategy(),
        auto == null ? Double.NaN : auto.seconds(),
        single == null ? "none" : single.strategy(),
        single == null ? Double.NaN : single.seconds(),
        misled(scenario, random, demands, cluster));
  }

  /** Others are known to take many times as long as the best. */
  private static boolean isPlayed(Decision decision, Strategy strategy) {
    return decision.candidates().stream()
        .anyMatch(c -> c.strategy().equals(strategy.name()) && !Double.isNaN(c.seconds()));
  }

  /** What a plan takes that was made for rates that are wrong. */
  private static double misled(
      PlanScenario scenario, Random random, Demands demands, Cluster cluster) {
    Machine usual = Machine.USUAL;
    Map<Work.Kind, Double> flops = new TreeMap<>();
    for (Work.Kind kind : Work.Kind.values()) {
      flops.put(kind, Objects.requireNonNull(usual.flops().get(kind)) * wrong(random));
    }
    Machine machine =
        new Machine(
            flops,
            usual.memory() * wrong(random),
            usual.start() * wrong(random),
            usual.codec() * wrong(random));
    Cluster.Network network =
        new Cluster.Network(
            scenario.network().bandwidth() * wrong(random),
            scenario.network().latency() * wrong(random));
    Demands believed = scenario.demands(machine, network);
    Candidate chosen =
        new Optimizer(List.of(believed), scenario.cluster(machine, network)).decide().chosen();
    return chosen == null ? Double.NaN : Simulator.run(chosen.stages(), demands, cluster).seconds();
  }

  private static double wrong(Random random) {
    return 1 - ERROR + 2 * ERROR * random.nextDouble();
  }

  private static void shares(List<Outcome> outcomes) {
    System.out.printf("| auto and the best strategy alone | scenarios |%n|---|---:|%n");
    row("within 5% of it, or faster", outcomes, o -> !(o.gain() < 1 / 1.05));
    row("within 15% of it, or faster", outcomes, o -> !(o.gain() < 1 / 1.15));
    row("faster by more than 0.5%", outcomes, o -> o.gain() > 1.005);
    row("faster by more than 5%", outcomes, o -> o.gain() > 1.05);
    row("1.3 times as fast, or more", outcomes, o -> o.gain() >= 1.3);
    row("no strategy alone is possible", outcomes, o -> Double.isNaN(o.singleSeconds()));
    System.out.println();
  }

  private static void regrets(List<Outcome> outcomes) {
    System.out.printf("| rates wrong by up to 30%%, beside the best | scenarios |%n|---|---:|%n");
    row("within 1%", outcomes, o -> o.regret() <= 1.01);
    row("within 5%", outcomes, o -> o.regret() <= 1.05);
    row("within 15%", outcomes, o -> o.regret() <= 1.15);
    row("within 30%", outcomes, o -> o.regret() <= 1.3);
    List<Double> regrets = outcomes.stream().map(Outcome::regret).sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "| median, 95th percentile, worst | %.3f, %.3f, %.3f |%n%n",
        regrets.get(regrets.size() / 2),
        regrets.get(regrets.size() * 95 / 100),
        regrets.get(regrets.size() - 1));
  }

  private static void row(String name, List<Outcome> outcomes, Predicate<Outcome> isOne) {
    double share = 100.0 * outcomes.stream().filter(isOne).count() / outcomes.size();
    System.out.printf(Locale.ROOT, "| %s | %.1f%% |%n", name, share);
  }

  private static void strategies(List<Outcome> outcomes) {
    System.out.printf("| strategy | best alone | chosen by auto |%n|---|---:|---:|%n");
    List<String> names = new ArrayList<>();
    Strategies.all().forEach(s -> names.add(s.name()));
    names.add(MIXED);
    for (String name : names) {
      long best = outcomes.stream().filter(o -> o.single().equals(name)).count();
      long chosen = outcomes.stream().filter(o -> o.chosen().equals(name)).count();
      System.out.printf("| %s | %s | %d |%n", name, name.equals(MIXED) ? "" : best, chosen);
    }
    System.out.println();
  }

  private static void worst(
      String title, List<Outcome> outcomes, ToDoubleFunction<Outcome> measure) {
    System.out.printf(
        "| %s: the worst | auto chose | best alone | ratio |%n|---|---|---|---:|%n", title);
    outcomes.stream()
        .filter(o -> !Double.isNaN(measure.applyAsDouble(o)))
        .sorted(Comparator.comparingDouble(measure))
        .limit(WORST)
        .forEach(
            o ->
                System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.3f |%n",
                    o.scenario(),
                    o.chosen(),
                    o.single(),
                    measure.applyAsDouble(o)));
    System.out.println();
  }

  /** 100,000 groups on 256 workers. */
  private static void times() {
    System.out.printf(
        "| 100,000 groups, 256 workers | plan | seconds to choose |%n|---|---|---:|%n");
    for (String kind : PlanScenario.KINDS) {
      for (double zipf : new double[] {0, 1}) {
        time(new PlanScenario(kind, 100_000, zipf, 32, 1e9, 256, 10, false, false));
      }
    }
  }

  private static void time(PlanScenario scenario) {
    Cluster cluster = scenario.cluster(Machine.USUAL, scenario.network());
    Demands demands = scenario.demands(Machine.USUAL, scenario.network());
    List<Double> seconds = new ArrayList<>();
    String chosen = "";
    for (int i = 0; i < WARM_UPS + REPEATS; i++) {
      long start = System.nanoTime();
      Candidate best = new Optimizer(List.of(demands), cluster).decide().chosen();
      double taken = (System.nanoTime() - start) / 1e9;
      chosen = best == null ? "" : best.strategy();
      if (i >= WARM_UPS) {
        seconds.add(taken);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s, Zipf %.0f | %s | %s |%n",
        scenario.kind(),
        scenario.zipf(),
        chosen,
        Spread.of(seconds));
  }
}
