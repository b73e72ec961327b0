package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kingpin.TestTables;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.HushedDefects;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.FaultyLearner;
import dev.kingpin.learner.toy.SgdLearner;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.store.TrainedGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on workers with walls goes wrong as it does on threads. */
@Timeout(60)
@ExtendWith(HushedDefects.class)
class WalledTroubleTest {
  private static final int BAD_ROWS = 9_000;

  private static TrainJob job(Learner learner, int... sizes) {
    TrainQuery query = TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).build();
    return TestJobs.of(learner, query, TestTables.make(TestTables.Recipe.of(sizes), 3));
  }

  private static TrainJob faulty(Consumer<RowBlock> fault) {
    return job(new FaultyLearner(BAD_ROWS, fault), 4_000, BAD_ROWS, 100, 200, 300);
  }

  private static RecordingSink local(TrainJob job) {
    RecordingSink sink = new RecordingSink();
    new LocalEngine().run(job, sink, TestStages.threads(1), RunListener.NONE);
    return sink;
  }

  private static void assertSameGroups(TrainJob job, RecordingSink sink, String how) {
    var codec = job.query().learner().codec();
    assertThat(sink.bits(codec)).as(how).isEqualTo(local(job).bits(codec));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(n -> n.startsWith("kingpin-"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aDefectOfALearnerIsTheOutcomeOfItsGroupWhereverItHappens(int workers) {
    for (int bad : new int[] {0, 8}) { // a block at its first worker, one at its last
      TrainJob job =
          faulty(
              block -> {
                if (block.number() == bad) {
                  throw new IndexOutOfBoundsException("7");
                }
              });
      for (Strategy strategy : Strategies.all()) {
        Optional<WalledEngine> engine = TestStages.engine(job, strategy.name(), workers);
        if (engine.isPresent()) {
          RecordingSink sink = new RecordingSink();
          engine.get().run(job, sink, TestStages.threads(2), RunListener.NONE);
          assertSameGroups(job, sink, strategy.name() + ", block " + bad);
          assertThat(sink.group(GroupKey.of("g001")).outcome()).isInstanceOf(Outcome.Failed.class);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gtp", "gl", "dp", "mtp"})
  void anErrorEndsTheRun(String strategy) {
    OutOfMemoryError error = new OutOfMemoryError("no heap");
    TrainJob job =
        faulty(
            block -> {
              if (block.number() == 8) {
                throw error;
              }
            });
    WalledEngine engine = TestStages.engine(job, strategy, 3).orElseThrow();
    RecordingSink sink = new RecordingSink();
    assertThat(catchThrowable(() -> engine.run(job, sink, TestStages.threads(2), RunListener.NONE)))
        .isSameAs(error);
    assertThat(threads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gtp", "gl", "dp", "mtp"})
  void anInterruptEndsTheRunOnce(String strategy) {
    Thread caller = Thread.currentThread();
    TrainJob job =
        faulty(
            block -> {
              caller.interrupt();
              while (caller.isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    RecordingSink sink =
        new RecordingSink() {
          @Override
          public void done(TrainedGroup group) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse(); // would close files
            super.done(group);
          }
        };
    WalledEngine engine = TestStages.engine(job, strategy, 3).orElseThrow();
    Throwable thrown =
        catchThrowable(() -> engine.run(job, sink, TestStages.threads(2), RunListener.NONE));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Interrupted while training");
    assertThat(threads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gtp", "gl", "dp", "mtp"})
  void aSinkThatCannotKeepAGroupEndsTheRun(String strategy) {
    TrainJob job = faulty(block -> {});
    IllegalStateException failure = new IllegalStateException("disk full");
    RecordingSink sink =
        new RecordingSink() {
          @Override
          public void done(TrainedGroup group) {
            throw failure;
          }
        };
    WalledEngine engine = TestStages.engine(job, strategy, 3).orElseThrow();
    assertThat(catchThrowable(() -> engine.run(job, sink, TestStages.threads(2), RunListener.NONE)))
        .isSameAs(failure);
    assertThat(threads()).isEmpty();
  }

  @Test
  void aWorkerThatIsFullEndsTheRun() {
    TrainJob job = faulty(block -> {});
    WalledEngine engine =
        new WalledEngine(TestStages.families(job), TestStages.of(job, "gl", 3), 3, 50_000);
    assertThat(
            catchThrowable(
                () ->
                    engine.run(job, new RecordingSink(), TestStages.threads(2), RunListener.NONE)))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("would hold", "more than (50000)", "Maybe");
    assertThat(threads()).isEmpty();
  }

  /** Keeps all snapshots of a run, and ends it at one of them. */
  private static final class Killed extends RecordingSink {
    private int left;

    Killed(int left) {
      this.left = left;
    }

    @Override
    public synchronized void keepSnapshot(GroupKey key, byte[] state) {
      super.keepSnapshot(key, state);
      if (--left == 0) {
        throw new IllegalStateException("killed");
      }
    }
  }

  /** Goes on with what another sink has. */
  private static final class Resumed extends RecordingSink {
    private final RecordingSink earlier;

    Resumed(RecordingSink earlier) {
      this.earlier = earlier;
      earlier.keys().forEach(k -> super.done(earlier.group(k)));
    }

    @Override
    public Optional<byte[]> snapshot(GroupKey key) {
      List<byte[]> kept = earlier.snapshots(key);
      return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9})
  void aKilledRunIsResumedUnderAnyOtherStrategy(int snapshots) {
    TrainJob binned = job(new BinnedLearner(), 4_000, BAD_ROWS, 100, 200, 300);
    TrainJob sgd = job(new SgdLearner(), 140_000, 3_000, 100);
    for (TrainJob job : List.of(binned, sgd)) {
      for (String first : List.of("local", "gl", "mtp", "mop")) {
        for (String second : List.of("local", "gl", "mtp", "mop")) {
          Killed killed = new Killed(snapshots);
          Throwable thrown = catchThrowable(() -> run(job, first, killed));
          assertThat(thrown == null ? "killed" : thrown.getMessage()).isEqualTo("killed");
          Resumed resumed = new Resumed(killed);
          run(job, second, resumed);
          assertSameGroups(job, resumed, first + ", then " + second);
        }
      }
    }
  }

  private static void run(TrainJob job, String strategy, RecordingSink sink) {
    RunOptions often = new RunOptions(2, false, false, 0);
    if (strategy.equals("local")) {
      TrainJob left =
          TestJobs.replanned(
              job, groups -> groups.stream().filter(g -> !sink.isDone(g.family().key())).toList());
      new LocalEngine().run(left, sink, often, RunListener.NONE);
    } else {
      TestStages.engine(job, strategy, 3)
          .or(() -> TestStages.engine(job, "gl", 3))
          .orElseThrow()
          .run(job, sink, often, RunListener.NONE);
    }
  }
}
