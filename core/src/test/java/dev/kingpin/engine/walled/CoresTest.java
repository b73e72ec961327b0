package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets the only core, while the test has it. */
@Timeout(60)
class CoresTest {
  private final Cores cores = new Cores(1);
  private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Waits for the core; the next one may have it at once. */
  private void queue(String name, Core worker, boolean isUrgent) {
    Thread thread =
        new Thread(
            () -> {
              cores.acquire(worker, isUrgent);
              served.add(name);
              cores.release();
            });
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private List<String> served(int count) throws InterruptedException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(served.take());
    }
    return names;
  }

  @AfterEach
  void everybodyIsServed() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void whateverOthersWaitForGoesFirstThenWhoeverCameFirst() throws InterruptedException {
    cores.acquire(new Core(cores), false);
    queue("task", new Core(cores), false);
    queue("other task", new Core(cores), false);
    assertThat(cores.isWanted()).isFalse();
    queue("request", new Core(cores), true);
    assertThat(cores.isWanted()).isTrue();
    cores.release();
    assertThat(served(3)).containsExactly("request", "task", "other task");
    assertThat(cores.isWanted()).isFalse();
  }

  @Test
  void aWorkerThatWaitsHurriesForTheSakeOfARequest() throws InterruptedException {
    Core worker = new Core(cores);
    cores.acquire(new Core(cores), false);
    queue("task", new Core(cores), false);
    queue("task that holds up a request", worker, false);
    cores.hurry(worker);
    assertThat(cores.isWanted()).isTrue();
    cores.release();
    assertThat(served(2)).containsExactly("task that holds up a request", "task");
  }

  @Test
  void aTurnEndsForARequestOfAnotherWorkerOnly() throws InterruptedException {
    Core busy = new Core(cores);
    busy.take(false);
    queue("task", new Core(cores), false);
    long end = System.nanoTime() + 10_000_000;
    while (System.nanoTime() < end) {
      busy.takeTurns();
    }
    assertThat(served).isEmpty();
    queue("request", new Core(cores), true);
    while (served.size() < 2) {
      busy.takeTurns();
    }
    assertThat(served(2)).containsExactly("request", "task");
    busy.release();
  }

  @Test
  void anInterruptIsKeptForLater() throws InterruptedException {
    cores.acquire(new Core(cores), false);
    BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
    Thread thread =
        new Thread(
            () -> {
              cores.acquire(new Core(cores), false);
              interrupted.add(Thread.interrupted());
              cores.release();
            });
    thread.start();
    threads.add(thread);
    thread.interrupt();
    cores.release();
    assertThat(interrupted.take()).isTrue();
  }
}
