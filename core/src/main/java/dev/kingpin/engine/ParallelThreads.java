package dev.kingpin.engine;

import dev.kingpin.data.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Parts of work that threads take in turns. Who asks for it takes some too.
 *
 * @param threads at least 1
 * @param name of the threads, without their numbers
 */
public record ParallelThreads(int threads, String name) implements Parallel {
  @Override
  public void run(int parts, IntConsumer part) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable work = () -> work(parts, part, next, failure);
    List<Thread> others = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, parts); t++) {
      Thread other = new Thread(work, name + "-" + t);
      other.setDaemon(true);
      other.start();
      others.add(other);
    }
    work.run();
    Threads.await(others);
    Threads.rethrow(failure.get());
  }

  /** Does parts that nobody else has taken, until there are none or one has failed. */
  private static void work(
      int parts,
      IntConsumer part,
      AtomicInteger next,
      AtomicReference<@Nullable Throwable> failure) {
    try {
      int i;
      while (failure.get() == null && (i = next.getAndIncrement()) < parts) {
        part.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }
}
