package dev.kingpin.bench;

import dev.kingpin.bench.KernelTasks.Bound;
import dev.kingpin.bench.KernelTasks.Task;
import dev.kingpin.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The kernels against the limit of the machine and against their scalar twins.
 *
 * <pre>bench/run kernels</pre>
 *
 * Each line first runs both twins on the same data and compares the bits; only then the clock runs.
 * A figure is the median over samples of about a millisecond, with the range in brackets. A product
 * counts two operations a multiply-add; a Gram matrix only those of the upper triangle.
 */
final class KernelsBenchmark {

  private static final int BLOCK_ROWS = 1024;
  private static final int MODELS = 8;
  private static final double MICRO = 1e6;

  private final Kernels best = Kernels.best();
  private final Kernels scalar = Kernels.scalar();

  private KernelsBenchmark() {}

  static void run(List<String> arguments) throws Exception {
    if (!arguments.isEmpty()) {
      throw new IllegalArgumentException("kernels takes no arguments, found " + arguments + ".");
    }
    KernelsBenchmark benchmark = new KernelsBenchmark();
    System.out.println(Machine.describe());
    if (benchmark.best == benchmark.scalar) {
      System.out.println("Nothing to compare. Maybe add '--add-modules jdk.incubator.vector'.");
      return;
    }
    benchmark.products();
    benchmark.blocks();
  }

  private void products() throws InterruptedException, ExecutionException {
    double peak = Timing.of(new FmaPeak()).rate(FmaPeak.FLOPS);
    double both = Timing.together(List.of(new FmaPeak(), new FmaPeak())).rate(FmaPeak.FLOPS);
    System.out.printf("peak        %.1f GFLOP/s on one thread, %.1f on two%n%n", peak, both);
    System.out.println(
        "square products  GFLOP/s on 1 thread      of peak   on 2 threads   of peak   scalar");
    for (int n : new int[] {64, 128, 256, 512}) {
      product("gemm", n, KernelTasks.gemm(n, n, n), 2.0 * n * n * n, peak, both);
    }
    for (int n : new int[] {64, 128, 256, 512}) {
      product("gemm, A^T", n, KernelTasks.gemmTransposed(n, n, n), 2.0 * n * n * n, peak, both);
    }
  }

  private void product(String name, int n, Task task, double flops, double peak, double peakOfTwo)
      throws InterruptedException, ExecutionException {
    requireSame(name + " " + n, task);
    Timing one = Timing.of(task.bind(best).call());
    List<Runnable> pair = List.of(task.bind(best).call(), task.bind(best).call());
    double two = Timing.together(pair).rate(flops);
    double slow = Timing.of(task.bind(scalar).call()).rate(flops);
    System.out.printf(
        "%-10s %4d  %-26s %3.0f%%        %6.1f       %3.0f%%     %5.1f%n",
        name, n, one.rates(flops), 100 * one.rate(flops) / peak, two, 100 * two / peakOfTwo, slow);
  }

  private void blocks() {
    System.out.printf("%na row block of %d  microseconds (Gop/s)      scalar%n", BLOCK_ROWS);
    int k = BLOCK_ROWS;
    for (int p : new int[] {33, 64}) {
      columns(k, p);
    }
    for (int models : new int[] {1, MODELS}) {
      double flops = 2.0 * k * 64 * models;
      block("gemm, p = 64, models = " + models, KernelTasks.gemm(k, 64, models), flops);
      Task transposed = KernelTasks.gemmTransposed(models, k, 64);
      block("gemm, A^T, p = 64, models = " + models, transposed, flops);
    }
    block("exp", KernelTasks.exp(k), k);
    block("log", KernelTasks.log(k), k);
    block("logistic", KernelTasks.logistic(k), k);
    block("standardise, d = 20", KernelTasks.standardise(k, 20), 20.0 * k);
    block("quantise", KernelTasks.quantise(k), k);
    block("solve 64 systems of 20", KernelTasks.solve(20, 64), 64 * 20.0 * 20 * 20 / 3);
    block("solve 1 system of 64", KernelTasks.solve(64, 1), 64.0 * 64 * 64 / 3);
  }

  /** What training by sums does with a block of k rows and p columns. */
  private void columns(int k, int p) {
    double flops = 2.0 * k * p * MODELS;
    double triangle = (double) k * p * (p + 1);
    String size = ", p = " + p;
    block("rows to columns" + size, KernelTasks.panel(k, p), (double) k * p);
    block("scores of " + MODELS + size, KernelTasks.scores(k, p, MODELS), flops);
    block("gradients of " + MODELS + size, KernelTasks.dots(k, p, MODELS), flops);
    block("Hessian" + size, KernelTasks.hessian(k, p), triangle);
    block("Gram matrix, doubles" + size, KernelTasks.wideGram(k, p), triangle);
  }

  private void block(String name, Task task, double work) {
    requireSame(name, task);
    Timing fast = Timing.of(task.bind(best).call());
    Timing slow = Timing.of(task.bind(scalar).call());
    System.out.printf(
        "%-30s %8.2f (%5.1f)   %8.2f (%5.1f)%n",
        name, fast.median() * MICRO, fast.rate(work), slow.median() * MICRO, slow.rate(work));
  }

  /** The gate: times of wrong results tell nothing. */
  private void requireSame(String name, Task task) {
    Bound fast = task.bind(best);
    Bound slow = task.bind(scalar);
    fast.call().run();
    slow.call().run();
    if (!Arrays.equals(fast.result().get(), slow.result().get())) {
      throw new IllegalStateException(name + ": the twins differ.");
    }
  }
}
