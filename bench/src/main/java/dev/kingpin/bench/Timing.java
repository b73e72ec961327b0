package dev.kingpin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long one run of a task takes, over many samples of many runs each.
 *
 * @param median seconds
 * @param least seconds
 * @param most seconds
 */
record Timing(double median, double least, double most) {

  private static final long WARM_UP_NANOS = 1_500_000_000L;
  private static final long MEASURE_NANOS = 700_000_000L;
  private static final long SAMPLE_NANOS = 1_000_000L;
  private static final double NANOS = 1e-9;

  /** Times a task on this thread. */
  static Timing of(Runnable task) {
    return of(task, WARM_UP_NANOS);
  }

  private static Timing of(Runnable task, long warmUp) {
    long end = System.nanoTime() + warmUp;
    long one = Long.MAX_VALUE;
    while (System.nanoTime() < end) {
      one = Math.min(one, nanos(task, 1));
    }
    int runs = (int) Math.max(1, SAMPLE_NANOS / Math.max(1, one));
    List<Double> samples = new ArrayList<>();
    end = System.nanoTime() + MEASURE_NANOS;
    while (System.nanoTime() < end) {
      samples.add(nanos(task, runs) * NANOS / runs);
    }
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Timing(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  private static long nanos(Runnable task, int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      task.run();
    }
    return System.nanoTime() - start;
  }

  /**
   * Times tasks of equal work at the same time, a thread each. The result is the time for one of
   * them, divided by their number: what the work takes when all of them share it.
   */
  static Timing together(List<Runnable> tasks) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      CyclicBarrier start = new CyclicBarrier(tasks.size());
      List<Callable<Timing>> timed = new ArrayList<>();
      for (Runnable task : tasks) {
        timed.add(
            () -> {
              start.await();
              return of(task, WARM_UP_NANOS / 3);
            });
      }
      double rate = 0;
      double best = 0;
      double worst = 0;
      for (Future<Timing> future : threads.invokeAll(timed)) {
        rate += 1 / future.get().median;
        best += 1 / future.get().least;
        worst += 1 / future.get().most;
      }
      return new Timing(1 / rate, 1 / best, 1 / worst);
    } finally {
      threads.shutdown();
    }
  }

  /** Work a second, in units of 1e9: the median, then the range. */
  String rates(double work) {
    return "%6.1f (%.1f-%.1f)".formatted(rate(work), work / most * NANOS, work / least * NANOS);
  }

  double rate(double work) {
    return work / median * NANOS;
  }
}
