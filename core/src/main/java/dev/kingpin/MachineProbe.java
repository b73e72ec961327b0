package dev.kingpin;

import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.kernel.Hash;
import dev.kingpin.learner.Work;
import dev.kingpin.learner.linear.LinearModels;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Machine;
import dev.kingpin.query.Fallback;
import dev.kingpin.store.MemoryModels;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Measures the rates of one core: trains models of made-up rows that ask for one kind of work more
 * than for all others, and sees which rates would have told how long that took.
 */
final class MachineProbe {
  private static final double NANOS = 1e9;

  /** Long enough for the compiler to be done. */
  static final double USUAL_SECONDS = 1;

  private static final int LEAST_ROUNDS = 5;
  private static final int ROUNDS_OF_FITTING = 3;
  private static final double LEAST_SHARE = 0.2;
  private static final double MUCH = 1e18;
  private static final int MEMORY_INTS = 1 << 24;
  private static final int MESSAGE_LONGS = 1 << 16;

  private final double secondsEach;
  private Machine machine = Machine.USUAL;
  private int sink; // what no compiler may leave out

  /**
   * @param secondsEach for each of the things to measure
   */
  MachineProbe(double secondsEach) {
    this.secondsEach = secondsEach;
  }

  /** A training that mostly asks for one kind of work, and how long it took. */
  private record Probe(TrainRun run, double seconds) {
    double estimate(Machine machine) {
      double seconds = 0;
      for (Demands level :
          run.workload().demands(run.estimator(machine), Cluster.Network.TEN_GIGABIT)) {
        for (int g = 0; g < level.size(); g++) {
          seconds += level.seconds(g);
        }
      }
      return seconds;
    }
  }

  Machine measure() {
    machine = with(machine, memory(), machine.start(), codec());
    Map<Work.Kind, Probe> probes = new EnumMap<>(Work.Kind.class);
    LinearModels ridge = LinearModels.grid().l2(0.01);
    LinearModels penalties = LinearModels.grid().l2(0.001, 0.01, 0.1, 1, 10, 100);
    LinearModels steps = LinearModels.grid().lbfgs(1).l2(0.01);
    LinearModels many = LinearModels.grid().lbfgs(20).l2(0.001, 0.01, 0.1, 1, 10, 100);
    LinearModels batches = LinearModels.grid().sgd(5).l2(0.01).learningRate(0.01);
    probes.put(Work.Kind.PRODUCTS, probe(1, 40_000, 64, ridge));
    probes.put(Work.Kind.SCORES, probe(1, 40_000, 16, many));
    probes.put(Work.Kind.COUNTS, probe(1, 100_000, 16, steps));
    probes.put(Work.Kind.UPDATES, probe(1, 60_000, 16, batches));
    probes.put(Work.Kind.SOLVING, probe(1, 1_500, 240, penalties));
    Probe small = probe(500, 40, 4, ridge);
    for (int round = 0; round < ROUNDS_OF_FITTING; round++) {
      probes.forEach(this::fit);
      fitStart(small);
    }
    return machine;
  }

  /** Trains groups of random numbers again and again. */
  private Probe probe(int groups, int rows, int features, LinearModels grid) {
    MemoryTable table = new MemoryTable("made-up rows");
    int all = groups * rows;
    table.number("g", IntStream.range(0, all).mapToDouble(i -> i % groups).toArray());
    for (int f = 0; f <= features; f++) {
      long seed = f;
      String name = f == 0 ? "y" : "x" + f;
      table.number(
          name, IntStream.range(0, all).mapToDouble(i -> Hash.unit(Hash.hash(seed, i))).toArray());
    }
    Training training =
        Kingpin.groupBy("g").predict("y").with(grid).fallback(Fallback.NONE).noRefit();
    RunOptions one = new RunOptions(1, false, false, Double.POSITIVE_INFINITY);
    TrainRun run = TrainRun.prepareOnly(training.query(), table, one, RunListener.NONE);
    double seconds =
        usual(
            () -> {
              run.train(new MemoryModels(run.header(), run.keys(), run.families()));
              return run.trainSeconds();
            });
    return new Probe(run, seconds);
  }

  /** Something that takes seconds. */
  private interface Timed {
    double seconds();
  }

  /** The median of the later rounds: the earlier ones are the compiler's. */
  private double usual(Timed timed) {
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + (long) (secondsEach * NANOS);
    while (times.size() < LEAST_ROUNDS || System.nanoTime() < end) {
      times.add(timed.seconds());
    }
    double[] later =
        times.subList(times.size() / 2, times.size()).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return later[later.length / 2];
  }

  /** Sets a rate so that the estimate is right, as far as the other rates leave it room. */
  private void fit(Work.Kind kind, Probe probe) {
    double rate = Objects.requireNonNull(machine.flops().get(kind));
    double others = probe.estimate(with(kind, MUCH));
    double mine = probe.estimate(machine) - others;
    double left = Math.max(probe.seconds() - others, LEAST_SHARE * probe.seconds());
    if (mine > 0) {
      machine = with(kind, rate * mine / left);
    }
  }

  private void fitStart(Probe probe) {
    double others = probe.estimate(with(machine, machine.memory(), 0, machine.codec()));
    double mine = probe.estimate(machine) - others;
    double left = Math.max(probe.seconds() - others, LEAST_SHARE * probe.seconds());
    double start = machine.start() * left / mine;
    machine = with(machine, machine.memory(), start, machine.codec());
  }

  private Machine with(Work.Kind kind, double rate) {
    Map<Work.Kind, Double> flops = new EnumMap<>(machine.flops());
    flops.put(kind, rate);
    return new Machine(flops, machine.memory(), machine.start(), machine.codec());
  }

  private static Machine with(Machine machine, double memory, double start, double codec) {
    return new Machine(machine.flops(), memory, start, codec);
  }

  /** Bytes a second that are read from memory. */
  private double memory() {
    int[] cells = new int[MEMORY_INTS];
    Arrays.setAll(cells, i -> i);
    double seconds =
        usual(
            () -> {
              long start = System.nanoTime();
              int sum = 0;
              for (int cell : cells) {
                sum += cell;
              }
              sink += sum;
              return (System.nanoTime() - start) / NANOS;
            });
    return Integer.BYTES * (double) MEMORY_INTS / seconds;
  }

  /** Bytes a second that become a message, or numbers again. */
  private double codec() {
    ByteBuffer message = ByteBuffer.allocate(Long.BYTES * MESSAGE_LONGS);
    double seconds =
        usual(
            () -> {
              long start = System.nanoTime();
              message.clear();
              for (int i = 0; i < MESSAGE_LONGS; i++) {
                message.putLong(sink + i);
              }
              message.flip();
              long sum = 0;
              while (message.hasRemaining()) {
                sum += message.getLong();
              }
              sink += (int) sum;
              return (System.nanoTime() - start) / NANOS;
            });
    return 2.0 * Long.BYTES * MESSAGE_LONGS / seconds;
  }
}
