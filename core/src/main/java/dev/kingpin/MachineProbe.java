package dev.kingpin;

import dev.kingpin.data.Bytes;
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
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures the rates of one core: trains models of made-up rows twice, of which one training asks
 * for more of one kind of work, and sees which rates would have told the difference.
 */
final class MachineProbe {
  /** Long enough for the compiler to be done. */
  static final double USUAL_SECONDS = 1;

  private static final double[] FEW = {0.01, 0.1};
  private static final double[] MANY = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5
  };

  /** Times that all is measured, one after the other: a disturbance is over before the last. */
  private static final int PASSES = 5;

  private static final double NANOS = 1e9;
  private static final int LEAST_ROUNDS = 3;
  private static final int ROUNDS_OF_FITTING = 5;
  private static final double LEAST_SHARE = 0.1;
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

  /** A training on made-up rows. */
  private static final class Probe {
    private final TrainRun run;
    private double seconds = Double.POSITIVE_INFINITY;

    Probe(int groups, int rows, int features, LinearModels grid) {
      MemoryTable table = table(groups, groups * rows, features);
      Training training =
          Kingpin.groupBy("g").predict("y").with(grid).fallback(Fallback.NONE).noRefit();
      RunOptions one = new RunOptions(1, false, false, Double.POSITIVE_INFINITY);
      run = TrainRun.prepareOnly(training.query(), table, one, RunListener.NONE);
    }

    private static MemoryTable table(int groups, int rows, int features) {
      MemoryTable table = new MemoryTable("made-up rows");
      table.number("g", IntStream.range(0, rows).mapToDouble(i -> i % groups).toArray());
      for (int f = 0; f <= features; f++) {
        long seed = f;
        IntToDoubleFunction value = i -> Hash.unit(Hash.hash(seed, i));
        table.number(f == 0 ? "y" : "x" + f, IntStream.range(0, rows).mapToDouble(value).toArray());
      }
      return table;
    }

    void again(double atLeast) {
      seconds = Math.min(seconds, fastest(this::train, atLeast));
    }

    private double train() {
      return run.train(run.memory()).seconds();
    }

    double estimate(Machine machine) {
      double sum = 0;
      for (Demands level :
          run.workload().demands(run.estimator(machine), Cluster.Network.TEN_GIGABIT)) {
        for (int g = 0; g < level.size(); g++) {
          sum += level.seconds(g);
        }
      }
      return sum;
    }
  }

  /** Two trainings that differ in one kind of work above all. */
  private record Contrast(Probe more, Probe less) {
    double estimate(Machine machine) {
      return more.estimate(machine) - less.estimate(machine);
    }

    double seconds() {
      return Math.max(more.seconds - less.seconds, LEAST_SHARE * more.seconds);
    }

    /** How many times as long as estimated a kind of work takes that others do not explain. */
    double factor(Machine machine, Machine without) {
      double others = estimate(without);
      double mine = estimate(machine) - others;
      return mine > 0 ? Math.max(seconds() - others, LEAST_SHARE * seconds()) / mine : 1;
    }
  }

  Machine measure() {
    machine = with(machine, memory(), machine.start(), codec());
    Map<Work.Kind, Contrast> contrasts = contrasts();
    Contrast groups = new Contrast(small(1000), small(100));
    List<Contrast> all = new ArrayList<>(contrasts.values());
    all.add(groups);
    for (int pass = 0; pass < PASSES; pass++) {
      for (Contrast contrast : all) {
        contrast.more.again(secondsEach / PASSES);
        contrast.less.again(secondsEach / PASSES);
      }
    }
    for (int round = 0; round < ROUNDS_OF_FITTING; round++) {
      contrasts.forEach(this::fit);
      Machine without = with(machine, machine.memory(), 0, machine.codec());
      double start = machine.start() * groups.factor(machine, without);
      machine = with(machine, machine.memory(), start, machine.codec());
    }
    return machine;
  }

  private static Map<Work.Kind, Contrast> contrasts() {
    Map<Work.Kind, Contrast> contrasts = new EnumMap<>(Work.Kind.class);
    contrasts.put(Work.Kind.PRODUCTS, new Contrast(wide(64, 20_000), wide(16, 20_000)));
    contrasts.put(Work.Kind.SCORES, new Contrast(descent(MANY, 20_000), descent(FEW, 20_000)));
    contrasts.put(Work.Kind.UPDATES, new Contrast(batches(6), batches(2)));
    contrasts.put(Work.Kind.COUNTS, new Contrast(descent(FEW, 80_000), descent(FEW, 20_000)));
    contrasts.put(Work.Kind.SOLVING, new Contrast(wide(240, 1_500), wide(120, 1_500)));
    return contrasts;
  }

  private static Probe wide(int features, int rows) {
    return new Probe(1, rows, features, LinearModels.grid().l2(0.001, 0.01, 0.1, 1));
  }

  /** So few steps that no fit is done before the last of them. */
  private static Probe descent(double[] penalties, int rows) {
    return new Probe(1, rows, 16, LinearModels.grid().lbfgs(2).l2(penalties));
  }

  private static Probe batches(int epochs) {
    LinearModels grid = LinearModels.grid().sgd(epochs).l2(FEW).learningRate(0.003, 0.01, 0.03);
    return new Probe(1, 20_000, 16, grid);
  }

  private static Probe small(int groups) {
    return new Probe(groups, 40, 4, LinearModels.grid().l2(0.01));
  }

  private void fit(Work.Kind kind, Contrast contrast) {
    double rate = Objects.requireNonNull(machine.flops().get(kind));
    machine = with(kind, rate / contrast.factor(machine, with(kind, MUCH)));
  }

  private Machine with(Work.Kind kind, double rate) {
    Map<Work.Kind, Double> flops = new EnumMap<>(machine.flops());
    flops.put(kind, rate);
    return new Machine(flops, machine.memory(), machine.start(), machine.codec());
  }

  private static Machine with(Machine machine, double memory, double start, double codec) {
    return new Machine(machine.flops(), memory, start, codec);
  }

  /** Something that takes seconds. */
  private interface Timed {
    double seconds();
  }

  /** The fastest of some rounds: others were disturbed, or the compiler was not done. */
  private static double fastest(Timed timed, double atLeast) {
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + (long) (atLeast * NANOS);
    while (times.size() < LEAST_ROUNDS || System.nanoTime() < end) {
      times.add(timed.seconds());
    }
    return times.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** Bytes a second that are read from memory. */
  private double memory() {
    int[] cells = new int[MEMORY_INTS];
    Arrays.setAll(cells, i -> i);
    double seconds =
        fastest(
            () -> {
              long start = System.nanoTime();
              int sum = 0;
              for (int cell : cells) {
                sum += cell;
              }
              sink += sum;
              return (System.nanoTime() - start) / NANOS;
            },
            secondsEach);
    return Integer.BYTES * (double) MEMORY_INTS / seconds;
  }

  /** Bytes a second that become a message, or numbers again, as workers write and read them. */
  private double codec() {
    double seconds =
        fastest(
            () -> {
              long start = System.nanoTime();
              byte[] message = Bytes.write(MachineProbe::writeNumbers);
              sink += Bytes.read(message, MachineProbe::readNumbers).intValue();
              return (System.nanoTime() - start) / NANOS;
            },
            secondsEach);
    return 2.0 * Long.BYTES * MESSAGE_LONGS / seconds;
  }

  private static void writeNumbers(DataOutput out) throws IOException {
    for (int i = 0; i < MESSAGE_LONGS; i++) {
      out.writeLong(i);
    }
  }

  private static Long readNumbers(DataInput in) throws IOException {
    long sum = 0;
    for (int i = 0; i < MESSAGE_LONGS; i++) {
      sum += in.readLong();
    }
    return sum;
  }
}
