package dev.kingpin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelThreadsTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 5", "2, 1", "2, 1000", "5, 3", "8, 1000"})
  void everyPartIsDoneOnce(int threads, int parts) {
    AtomicIntegerArray done = new AtomicIntegerArray(parts + 1);
    new ParallelThreads(threads, "test").run(parts, done::incrementAndGet);
    for (int i = 0; i <= parts; i++) {
      assertThat(done.get(i)).isEqualTo(i < parts ? 1 : 0);
    }
  }

  @Test
  void asManyPartsAreDoneAtATimeAsThereAreThreads() {
    CyclicBarrier all = new CyclicBarrier(3);
    new ParallelThreads(3, "test").run(3, i -> meet(all));
    assertThat(all.getNumberWaiting()).isZero();
  }

  private static void meet(CyclicBarrier all) {
    try {
      all.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "3, 0", "3, 7"})
  void whatAPartThrowsIsThrownAndNoOthersAreBegun(int threads, int bad) {
    AtomicInteger begun = new AtomicInteger();
    ParallelThreads parallel = new ParallelThreads(threads, "test");
    assertThatThrownBy(
            () ->
                parallel.run(
                    1_000_000,
                    i -> {
                      begun.incrementAndGet();
                      if (i == bad) {
                        throw new IllegalArgumentException("part " + i);
                      }
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("part " + bad);
    if (threads == 1) {
      assertThat(begun.get()).isEqualTo(bad + 1);
    }
  }
}
