package dev.kingpin.plan;

import dev.kingpin.learner.Pattern;
import dev.kingpin.plan.Demand.OfChain;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Groups and clusters with round numbers. */
final class Given {
  /** Reads and writes a megabyte of messages a second, and computes whatever is asked of it. */
  static final Machine MACHINE = new Machine(Machine.USUAL.flops(), Machine.USUAL.memory(), 0, 1e6);

  /** No time passes on the way. */
  static final Cluster.Network INSTANT = new Cluster.Network(Double.POSITIVE_INFINITY, 0);

  private Given() {}

  static Cluster cluster(int workers, Cluster.Network network) {
    return Cluster.of(MACHINE, workers, Cluster.Worker.USUAL, network);
  }

  static Cluster cluster(Cluster.Network network, double... speeds) {
    List<Cluster.Worker> workers = new ArrayList<>();
    for (double speed : speeds) {
      workers.add(new Cluster.Worker(speed, Double.POSITIVE_INFINITY));
    }
    return new Cluster(MACHINE, workers, network, Cluster.APART);
  }

  /** Steps without messages. */
  static Steps steps(long times, double rowSeconds) {
    return new Steps(times, rowSeconds, 0, 0, 0, 0, 1);
  }

  static OfChain sum(Steps... steps) {
    return new OfChain(Pattern.ALGEBRAIC, List.of(steps), 0, 0, Parts.NONE);
  }

  static OfChain hop(double stateBytes, double start, Steps... steps) {
    return new OfChain(Pattern.SEQUENTIAL, List.of(steps), stateBytes, start, Parts.NONE);
  }

  /** Chains of equal shares of the work that give the same models apart. */
  static OfChain split(OfChain part, int parts) {
    List<OfChain> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      double start = (double) i / parts;
      all.add(new OfChain(part.pattern(), part.steps(), part.stateBytes(), start, Parts.NONE));
    }
    List<Steps> steps = new ArrayList<>();
    for (Steps s : part.steps()) {
      steps.add(
          new Steps(
              s.times(),
              parts * s.rowSeconds(),
              parts * s.startSeconds(),
              parts * s.ownerSeconds(),
              parts * s.requestBytes(),
              parts * s.partialBytes(),
              s.batches()));
    }
    return new OfChain(
        part.pattern(), steps, parts * part.stateBytes(), 0, new Parts(parts, () -> all));
  }

  static Demand group(int blocks, double rowBytes, OfChain... chains) {
    return new Demand(blocks, Math.min(64, blocks), rowBytes, List.of(chains), List.of());
  }

  /** A group that takes so long, without messages. */
  static Demand seconds(int blocks, double seconds) {
    return group(blocks, 0, sum(steps(1, seconds)));
  }

  static Demands groups(Cluster cluster, Demand... groups) {
    return new Demands(List.of(groups), cluster.network());
  }

  private static Arbitrary<Steps> anySteps() {
    Arbitrary<Double> seconds = Arbitraries.doubles().between(0.01, 1);
    Arbitrary<Double> bytes = Arbitraries.doubles().between(0, 1e5);
    return Combinators.combine(
            Arbitraries.longs().between(1, 20),
            seconds,
            seconds,
            bytes,
            bytes,
            Arbitraries.longs().between(1, 5))
        .as(
            (times, rows, owner, out, in, batches) ->
                new Steps(times, rows, 1e-4, owner / 100, out, in, batches));
  }

  private static Arbitrary<OfChain> anySum() {
    return anySteps().list().ofMinSize(1).ofMaxSize(2).map(s -> sum(s.toArray(Steps[]::new)));
  }

  private static Arbitrary<OfChain> anyHops() {
    return Combinators.combine(anySteps(), Arbitraries.integers().between(1, 5))
        .as((steps, parts) -> parts == 1 ? hop(1e4, 0.3, steps) : split(hop(1e4, 0, steps), parts));
  }

  /** Any group; some of them hop. */
  static Arbitrary<Demand> anyGroup() {
    return anyGroup(Arbitraries.oneOf(anySum(), anyHops()));
  }

  /** Any group of chains that sum. */
  static Arbitrary<Demand> anySumming() {
    return anyGroup(anySum());
  }

  private static Arbitrary<Demand> anyGroup(Arbitrary<OfChain> chain) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 400),
            Arbitraries.doubles().between(0, 1e8),
            chain.list().ofMinSize(1).ofMaxSize(2),
            anySum())
        .as(
            (blocks, bytes, chains, last) ->
                new Demand(
                    blocks, Math.max(1, Math.min(64, blocks / 4)), bytes, chains, List.of(last)));
  }

  /** Any cluster: equal or unequal workers, fast or slow links, a source that fills them or not. */
  static Arbitrary<Cluster> anyCluster() {
    Arbitrary<Cluster.Worker> worker =
        Arbitraries.of(0.5, 1.0, 1.0, 2.0).map(s -> new Cluster.Worker(s, 1e12));
    Arbitrary<Cluster.Network> network =
        Combinators.combine(Arbitraries.of(1e6, 1e8, 1e10), Arbitraries.of(0.0, 5e-5, 1e-2))
            .as(Cluster.Network::new)
            .flatMap(n -> Arbitraries.of(Double.POSITIVE_INFINITY, 1e5, 1e9).map(n::withSource));
    Arbitrary<List<Cluster.Worker>> unequal = worker.list().ofMinSize(1).ofMaxSize(9);
    Arbitrary<List<Cluster.Worker>> equal =
        Arbitraries.integers()
            .between(1, 40)
            .map(n -> java.util.Collections.nCopies(n, Cluster.Worker.USUAL));
    return Combinators.combine(Arbitraries.oneOf(unequal, equal), network)
        .as((workers, net) -> new Cluster(MACHINE, workers, net, Cluster.APART));
  }
}
