package dev.kingpin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * What it costs that a core passes from one thread to the next, with nothing of Kingpin at work:
 * what the simulator of one machine takes for granted.
 *
 * <pre>bench/run handovers</pre>
 */
final class HandoverBenchmark {
  private static final double NANOS = 1e-9;
  private static final double MICROS = 1e6;
  private static final int[] THREADS = {2, 3, 4, 8};
  private static final double[] TURNS = {2e-5, 1e-4, 5e-4, 1e-3, 5e-3, 2e-2};
  private static final double SECONDS_EACH = 0.5;
  private static final int LEAST_TURNS = 40;
  private static final int MOST_TURNS = 4000;
  private static final int MESSAGES = 20_000;
  private static final long CALIBRATION = 2_000_000;
  private static final int CALIBRATIONS = 300;

  @SuppressWarnings("UnusedVariable")
  private static volatile double sink; // what no compiler may leave out

  private HandoverBenchmark() {}

  static void run(List<String> arguments) throws Exception {
    System.out.println(Machine.describe());
    double loop = secondsALoop();
    int cores = Runtime.getRuntime().availableProcessors();
    wake();
    System.out.printf(Locale.ROOT, "a message wakes a thread in %.0f us%n%n", MICROS * wake());
    System.out.printf("us lost a turn on %d cores, by threads that take turns%n%n", cores);
    System.out.print("| turn, ms |");
    for (int threads : THREADS) {
      System.out.printf(" %d |", threads);
    }
    System.out.println(" 4, one at a time |\n|--:|--:|--:|--:|--:|--:|");
    for (double seconds : TURNS) {
      System.out.printf(Locale.ROOT, "| %.2f |", 1e3 * seconds);
      for (int threads : THREADS) {
        System.out.printf(Locale.ROOT, " %.0f |", MICROS * lost(threads, cores, seconds, loop));
      }
      System.out.printf(Locale.ROOT, " %.0f |%n", MICROS * lost(4, 1, seconds, loop));
    }
  }

  private static double compute(long loops, double from) {
    double x = from;
    for (long i = 0; i < loops; i++) {
      x = x * 1.0000001 + 1e-9;
    }
    return x;
  }

  /** The fastest of many: the compiler is done by then. */
  private static double secondsALoop() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < CALIBRATIONS; i++) {
      long start = System.nanoTime();
      sink = compute(CALIBRATION, 1);
      least = Math.min(least, (System.nanoTime() - start) * NANOS / CALIBRATION);
    }
    return least;
  }

  /** Seconds of a core that a turn loses, of threads of which so many may compute at a time. */
  private static double lost(int threads, int cores, double seconds, double loop)
      throws InterruptedException {
    int all = (int) Math.max(LEAST_TURNS, Math.min(MOST_TURNS, SECONDS_EACH / seconds));
    int each = all / threads;
    Semaphore permits = new Semaphore(cores, true);
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> started = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread = new Thread(() -> turns(each, permits, begin, (long) (seconds / loop)));
      thread.start();
      started.add(thread);
    }
    long start = System.nanoTime();
    begin.countDown();
    for (Thread thread : started) {
      thread.join();
    }
    double wall = (System.nanoTime() - start) * NANOS;
    return wall * Math.min(cores, threads) / (each * threads) - seconds;
  }

  private static void turns(int count, Semaphore permits, CountDownLatch begin, long loops) {
    try {
      begin.await();
      double x = 1;
      for (int i = 0; i < count; i++) {
        permits.acquire();
        x = compute(loops, x);
        permits.release();
      }
      sink = x;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Seconds from when a message is sent until the thread that waits for it goes on. */
  private static double wake() throws InterruptedException {
    BlockingQueue<Integer> there = new LinkedBlockingQueue<>();
    BlockingQueue<Integer> back = new LinkedBlockingQueue<>();
    Thread other = new Thread(() -> echo(there, back));
    other.start();
    long start = System.nanoTime();
    for (int i = 0; i < MESSAGES; i++) {
      there.add(i);
      back.take();
    }
    double seconds = (System.nanoTime() - start) * NANOS;
    other.join();
    return seconds / (2 * MESSAGES);
  }

  private static void echo(BlockingQueue<Integer> from, BlockingQueue<Integer> to) {
    try {
      for (int i = 0; i < MESSAGES; i++) {
        to.add(from.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
