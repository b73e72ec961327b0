package dev.kingpin.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.HushedDefects;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.FaultyLearner;
import dev.kingpin.learner.toy.LeaningLearner;
import dev.kingpin.learner.toy.SgdLearner;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.TrainedGroup;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = SEPARATE_THREAD) // a hang is a failure too
@ExtendWith(HushedDefects.class)
class LocalEngineTest {
  private static final int BAD_ROWS = 77;
  private static final int GIANT_ROWS = 20_500;
  private static final int LATE_ROW = 17 * RowBlock.ROWS;
  private static final String BAD_GROUP = "g001";
  private static final String GIANT_GROUP = "g000";

  /** One giant group, one of a number of rows that no other has, and many small ones. */
  private static final int[] SIZES =
      IntStream.concat(
              IntStream.of(GIANT_ROWS, BAD_ROWS), IntStream.range(0, 24).map(i -> 20 + i * 2))
          .toArray();

  record Training(String name, TrainJob job) {
    /** With parents, that some configs may lean on. */
    static Training ofFamilies(Learner learner, Recipe recipe, List<Config> configs) {
      MemoryTable table = TestTables.make(recipe.numeric(3).parents(5), 3);
      TrainQuery query =
          TrainQuery.groupBy("p", "g")
              .predict("y")
              .minRows(25)
              .seed(5)
              .validate(Validation.folds(2))
              .build();
      String name = learner.name() + ", families" + (recipe.classes() > 0 ? ", classes" : "");
      return new Training(name, TestJobs.withFamilies(learner, configs, query, table));
    }

    static Training of(Learner learner, Recipe recipe, int configs) {
      MemoryTable table = TestTables.make(recipe.numeric(3).levels(3).missing(0.05), 3);
      List<Config> some = TestJobs.defaults(learner);
      List<Config> few = some.subList(some.size() - configs, some.size());
      String name = learner.name() + (recipe.classes() > 0 ? ", classes" : "");
      return new Training(name, TestJobs.of(learner, few, query(), table));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Config> SHRUNKEN =
      Stream.of("0", "20")
          .map(s -> new Config(new TreeMap<>(Map.of("l2", "0.1", "shrink", s))))
          .toList();

  private static final MemoryTable TABLE = TestTables.make(Recipe.of(SIZES), 3);
  private static final List<Training> TRAININGS = makeTrainings();

  static List<Training> trainings() {
    return TRAININGS;
  }

  private static List<Training> makeTrainings() {
    Recipe recipe = Recipe.of(SIZES);
    return List.of(
        Training.of(Learners.of("linear"), recipe, 3),
        Training.of(Learners.of("linear"), recipe.withClasses(), 2),
        Training.of(new BinnedLearner(), recipe, 4),
        Training.of(new SgdLearner(), recipe, 2),
        Training.ofFamilies(Learners.of("linear"), recipe, SHRUNKEN),
        Training.ofFamilies(Learners.of("linear"), recipe.withClasses(3), SHRUNKEN),
        Training.ofFamilies(new LeaningLearner(), recipe, TestJobs.defaults(new BinnedLearner())));
  }

  private static TrainQuery query() {
    return TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).build();
  }

  private static RunOptions threads(int threads) {
    return new RunOptions(threads, false, false, 1e9);
  }

  private static SortedMap<String, String> bits(TrainJob job, int threads) {
    RecordingSink sink = new RecordingSink();
    new LocalEngine().run(job, sink, threads(threads), RunListener.NONE);
    return sink.bits(job.query().learner().codec());
  }

  // ---------------------------------------------------------------- same groups

  @ParameterizedTest
  @MethodSource("trainings")
  void anyNumberOfThreadsLeavesTheSameGroups(Training training) {
    SortedMap<String, String> expected = bits(training.job, 1);
    assertThat(expected).hasSize(SIZES.length + training.job.families().size());
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(bits(training.job, threads)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void anyOrderOfTheGroupsLeavesTheSameGroups(Training training) {
    SortedMap<String, String> expected = bits(training.job, 1);
    for (int seed = 0; seed < 2; seed++) {
      Random random = new Random(seed);
      TrainJob shuffled =
          TestJobs.replanned(
              training.job,
              groups -> {
                List<GroupPlan> order = new ArrayList<>(groups);
                Collections.shuffle(order, random);
                return order;
              });
      assertThat(bits(shuffled, 1 + 2 * seed)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void groupsThatAreSharedLeaveTheSameAsGroupsThatAreNot(Training training) {
    SortedMap<String, String> expected = bits(training.job, 1);
    for (boolean shared : new boolean[] {false, true}) {
      TrainJob all =
          TestJobs.replanned(
              training.job,
              groups ->
                  groups.stream().map(g -> new GroupPlan(g.family(), g.work(), shared)).toList());
      assertThat(bits(all, 4)).isEqualTo(expected);
    }
  }

  /** The owner stands at its first block until another worker has come to a late one. */
  @Test
  void anIdleWorkerHelpsWithAGiantGroup() {
    CountDownLatch helped = new CountDownLatch(1);
    TrainJob job =
        job(
            new FaultyLearner(
                GIANT_ROWS,
                block -> {
                  if (block.firstRow() == LATE_ROW) {
                    helped.countDown();
                  } else if (block.firstRow() == 0) {
                    await(helped);
                  }
                }));
    assertThat(bits(job, 2)).isEqualTo(bits(job(new BinnedLearner()), 1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyTheGroupsOfThePlanAreTrained() {
    TrainJob job = job(new BinnedLearner());
    TrainJob some = TestJobs.replanned(job, groups -> groups.subList(3, 5));
    assertThat(bits(some, 4)).hasSize(2);
    TrainJob none = TestJobs.replanned(job, groups -> List.of());
    assertThat(bits(none, 4)).isEmpty();
  }

  private static TrainJob job(Learner learner) {
    return TestJobs.of(learner, query(), TABLE);
  }

  // ---------------------------------------------------------------- listeners

  @Test
  void aListenerHearsOfEachGroupOnceAndOneAtATime() {
    TrainJob job = job(new BinnedLearner());
    List<GroupKey> heard = new ArrayList<>();
    double[] work = new double[1];
    AtomicInteger inside = new AtomicInteger();
    RunListener listener =
        new RunListener() {
          @Override
          public void groupDone(GroupKey key, Outcome outcome, double done) {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            heard.add(key);
            work[0] += done;
            for (int i = 0; i < 20_000; i++) {
              Thread.onSpinWait(); // so that another one would be met
            }
            inside.decrementAndGet();
          }
        };
    new LocalEngine().run(job, new RecordingSink(), threads(4), listener);
    assertThat(heard).hasSize(SIZES.length).doesNotHaveDuplicates();
    assertThat(work[0])
        .isCloseTo(job.plan().cost(), org.assertj.core.data.Percentage.withPercentage(1e-9));
  }

  // ---------------------------------------------------------------- failing sinks

  static Stream<RuntimeException> failures() {
    return Stream.of(
        new IllegalStateException("the disk is full"),
        new UncheckedIOException(new java.io.IOException("the disk is full")),
        new InputException("the disk is full"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aSinkThatCannotKeepAGroupEndsTheRun(RuntimeException failure) {
    assertEndsWith(
        failure,
        new RecordingSink() {
          private final AtomicInteger calls = new AtomicInteger();

          @Override
          public void done(TrainedGroup group) {
            if (calls.incrementAndGet() >= 5) {
              throw failure;
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aSinkThatCannotKeepASnapshotEndsTheRun(RuntimeException failure) {
    assertEndsWith(
        failure,
        new RecordingSink() {
          @Override
          public void keepSnapshot(GroupKey key, byte[] state) {
            throw failure;
          }
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aSinkThatCannotFindASnapshotEndsTheRun(RuntimeException failure) {
    assertEndsWith(
        failure,
        new RecordingSink() {
          @Override
          public Optional<byte[]> snapshot(GroupKey key) {
            throw failure;
          }
        });
  }

  /** The other worker's group ends after the failing worker has. */
  @Test
  void noGroupIsStartedAfterTheSinkHasFailed() {
    IllegalStateException failure = new IllegalStateException("the disk is full");
    CompletableFuture<Thread> failing = new CompletableFuture<>();
    RecordingSink sink =
        new RecordingSink() {
          @Override
          public void done(TrainedGroup group) {
            if (group.key().equals(GroupKey.of(BAD_GROUP))) {
              failing.complete(Thread.currentThread());
              throw failure;
            }
            try {
              failing.join().join();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            super.done(group);
          }
        };
    TrainJob job = job(new BinnedLearner());
    assertThat(catchThrowable(() -> new LocalEngine().run(job, sink, threads(2), RunListener.NONE)))
        .isSameAs(failure);
    assertThat(sink.keys()).hasSizeLessThanOrEqualTo(1);
  }

  private static void assertEndsWith(RuntimeException failure, RecordingSink sink) {
    TrainJob job = job(new BinnedLearner());
    for (int threads : new int[] {1, 4}) {
      RunOptions often = new RunOptions(threads, false, false, 0);
      Throwable thrown =
          catchThrowable(() -> new LocalEngine().run(job, sink, often, RunListener.NONE));
      assertThat(thrown).isSameAs(failure);
      assertThat(sink.keys()).isEmpty();
      assertThat(workers()).isEmpty();
    }
  }

  private static List<String> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(n -> n.startsWith("kingpin-worker"))
        .toList();
  }

  // ---------------------------------------------------------------- failing learners

  static Stream<Supplier<RuntimeException>> defects() {
    return Stream.of(
        IllegalStateException::new,
        () -> new IndexOutOfBoundsException("7"),
        () -> new ClassCastException("A is no B"),
        () -> new NegativeArraySizeException("-1"),
        () -> new UncheckedIOException(new java.io.IOException("no")));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void aDefectInOneGroupIsAnOutcomeOfThatGroup(Supplier<RuntimeException> defect) {
    for (int threads : new int[] {1, 3}) {
      TrainJob job =
          job(
              new FaultyLearner(
                  BAD_ROWS,
                  block -> {
                    throw defect.get();
                  }));
      assertFails(job, BAD_GROUP, threads, defect.get().toString());
    }
  }

  /** Whoever takes the bad block of a shared scan, the outcome is the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aDefectInASharedScanIsTheSameOutcome(int threads) {
    TrainJob job =
        job(
            new FaultyLearner(
                GIANT_ROWS,
                block -> {
                  if (block.firstRow() == LATE_ROW) {
                    throw new ClassCastException("A is no B");
                  }
                }));
    assertFails(job, GIANT_GROUP, threads, "java.lang.ClassCastException: A is no B");
  }

  private static void assertFails(TrainJob job, String group, int threads, String message) {
    SortedMap<String, String> actual = bits(job, threads);
    SortedMap<String, String> expected = bits(job(new BinnedLearner()), 1);
    int rows = group.equals(GIANT_GROUP) ? GIANT_ROWS : BAD_ROWS;
    assertThat(actual.get(group))
        .startsWith("rows " + rows)
        .contains("reason=INTERNAL", "message=a defect of Kingpin: " + message + "]");
    actual.remove(group);
    expected.remove(group);
    assertThat(actual).isEqualTo(expected);
  }

  /** What no program can go on from. */
  private static final class Disaster extends Error {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void anErrorEndsTheRunWhoeverMeetsIt(int threads) {
    Disaster disaster = new Disaster();
    Consumer<RowBlock> fault =
        block -> {
          if (block.rows() == BAD_ROWS || block.firstRow() == LATE_ROW) {
            throw disaster;
          }
        };
    for (int rows : new int[] {BAD_ROWS, GIANT_ROWS}) {
      FaultyLearner learner = new FaultyLearner(rows, fault);
      TrainJob job = job(learner);
      Throwable thrown = catchThrowable(() -> bits(job, threads));
      assertThat(thrown).isSameAs(disaster);
      assertThat(workers()).isEmpty();
    }
  }

  @Test
  void anInterruptEndsTheRunOnceTheGroupsInWorkAreDone() {
    Thread caller = Thread.currentThread();
    Consumer<RowBlock> interrupts =
        block -> {
          caller.interrupt();
          while (caller.isInterrupted()) { // until it has noticed
            Thread.onSpinWait();
          }
        };
    TrainJob job = job(new FaultyLearner(BAD_ROWS, interrupts));
    Throwable thrown = catchThrowable(() -> bits(job, 1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Interrupted while training");
    assertThat(workers()).isEmpty();
  }

  @Test
  void aRunNeedsAThread() {
    for (int threads : new int[] {0, -1}) {
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> threads(threads))
          .withMessageContaining("(" + threads + ") threads");
    }
    assertThat(Arrays.stream(SIZES).max()).hasValue(GIANT_ROWS);
  }
}
