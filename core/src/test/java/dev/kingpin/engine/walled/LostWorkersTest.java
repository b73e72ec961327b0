package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.SgdLearner;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
import dev.kingpin.query.TrainQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers that die take their groups with them; others train these, and the bits are the same. */
@Timeout(120) // a hang is a failure too
class LostWorkersTest {
  private static final int WORKERS = 3;
  private static final List<String> STRATEGIES = List.of("gtp", "gl", "dp", "mtp", "mop");

  record Training(String name, TrainJob job, SortedMap<String, String> expected) {
    static Training of(String name, Learner learner, Recipe recipe, List<Config> configs) {
      TrainQuery query = TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).build();
      TrainJob job = TestJobs.of(learner, configs, query, TestTables.make(recipe, 3));
      RecordingSink local = new RecordingSink();
      new LocalEngine().run(job, local, TestStages.threads(1), RunListener.NONE);
      return new Training(name, job, local.bits(job.query().learner().codec()));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Training> TRAININGS =
      List.of(
          Training.of(
              "linear",
              Learners.of("linear"),
              Recipe.of(9_000, 4_000, 400, 300, 200, 100).withClasses().numeric(2),
              List.of(
                  new Config(new TreeMap<>(java.util.Map.of("l2", "0.1"))),
                  new Config(new TreeMap<>(java.util.Map.of("l2", "1", "l1", "0.1"))))),
          Training.of(
              "binned",
              new BinnedLearner(),
              Recipe.of(9_000, 4_000, 300, 200, 100),
              TestJobs.defaults(new BinnedLearner())),
          Training.of(
              "toy sgd",
              new SgdLearner(),
              Recipe.of(200_000, 3_000, 100).numeric(2),
              TestJobs.defaults(new SgdLearner())));

  static List<Training> trainings() {
    return TRAININGS;
  }

  /** Hears which workers were lost. */
  private static final class Notes implements RunListener {
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void note(String message) {
      notes.add(message);
    }
  }

  private static int run(Training training, String strategy, Mishap mishap, RecordingSink sink) {
    Optional<WalledEngine> engine = TestStages.engine(training.job, strategy, WORKERS);
    if (engine.isEmpty()) {
      return -1;
    }
    Notes notes = new Notes();
    engine.get().meeting(mishap).run(training.job, sink, TestStages.threads(2), notes);
    return notes.notes.size();
  }

  private static void assertSameBits(Training training, RecordingSink sink, String how) {
    assertThat(sink.bits(training.job.query().learner().codec()))
        .as(how)
        .isEqualTo(training.expected);
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void aWorkerThatDiesAtAnyMessageChangesNoBits(Training training) {
    int lost = 0;
    for (String strategy : STRATEGIES) {
      for (int dies = 0; dies < WORKERS; dies++) {
        for (long after : new long[] {1, 3, 6, 12, 40}) {
          int worker = dies;
          RecordingSink sink = new RecordingSink();
          int notes = run(training, strategy, (w, m) -> w == worker && m >= after, sink);
          if (notes >= 0) {
            String how = strategy + ", worker " + worker + " dies after " + after;
            assertSameBits(training, sink, how);
            assertThat(notes).as(how).isLessThanOrEqualTo(1);
            lost += notes;
          }
        }
      }
    }
    assertThat(lost).as("workers that died").isGreaterThan(15);
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void twoWorkersThatDieChangeNoBits(Training training) {
    for (String strategy : STRATEGIES) {
      for (int survivor = 0; survivor < WORKERS; survivor++) {
        for (long after : new long[] {1, 5, 20}) {
          int spared = survivor;
          RecordingSink sink = new RecordingSink();
          Mishap mishap = (w, m) -> w != spared && m >= after + 3L * w;
          int notes = run(training, strategy, mishap, sink);
          if (notes >= 0) {
            assertSameBits(training, sink, strategy + ", only " + spared + " is left");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void aRunWithoutWorkersEndsWithOneMessage(Training training) {
    for (String strategy : STRATEGIES) {
      if (TestStages.engine(training.job, strategy, WORKERS).isPresent()) {
        RecordingSink sink = new RecordingSink();
        assertThatThrownBy(() -> run(training, strategy, (w, m) -> m >= 1, sink))
            .as(strategy)
            .isInstanceOf(InputException.class)
            .hasMessage(
                "All workers (3) are lost. Groups that are done are kept. "
                    + "Maybe run again with --resume.");
      }
    }
  }

  @Test
  void groupsElsewhereGoOnUndisturbed() {
    Training training = TRAININGS.get(1);
    TrainJob job = training.job;
    List<Stage.Placed> placed = new ArrayList<>();
    for (int g = 0; g < job.plan().groups().size(); g++) {
      placed.add(new Stage.Placed(g, new Placement.Whole(g % WORKERS)));
    }
    RecordingSink sink = new RecordingSink();
    WalledEngine engine = TestStages.engine(job, List.of(new Stage(placed)), WORKERS);
    engine
        .meeting((w, m) -> w == 1 && m == 1)
        .run(job, sink, TestStages.threads(2), RunListener.NONE);
    assertSameBits(training, sink, "worker 1 died");
    long messages = engine.ledger().orElseThrow().source().messages();
    RecordingSink whole = new RecordingSink();
    WalledEngine other = TestStages.engine(job, List.of(new Stage(placed)), WORKERS);
    other.run(job, whole, TestStages.threads(2), RunListener.NONE);
    long usual = other.ledger().orElseThrow().source().messages();
    long again = placed.stream().filter(p -> p.placement().owner() == 1).count();
    // to introduce, to send rows, to train, and to free at the worker that is gone; groups that
    // were
    // not yet on their way when it died cost nothing more
    assertThat(messages).isGreaterThan(usual).isLessThanOrEqualTo(usual + 4 * again);
  }

  @Test
  void aGroupThatIsBegunAgainGoesOnFromItsLastSnapshot() {
    Training training = TRAININGS.get(1);
    RunOptions often = new RunOptions(2, false, false, 0);
    for (String strategy : List.of("gl", "dp")) {
      List<String> asked = Collections.synchronizedList(new ArrayList<>());
      RecordingSink sink =
          new RecordingSink() {
            @Override
            public Optional<byte[]> snapshot(GroupKey key) {
              List<byte[]> kept = snapshots(key);
              if (!kept.isEmpty()) {
                asked.add(key.toString());
              }
              return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
            }
          };
      TestStages.engine(training.job, strategy, WORKERS)
          .orElseThrow()
          .meeting((w, m) -> w == 1 && m >= 14)
          .run(training.job, sink, often, RunListener.NONE);
      assertSameBits(training, sink, strategy);
      assertThat(asked).as(strategy).isNotEmpty();
    }
  }

  @Test
  void shardsOfALostWorkerGoWhereTheyHaveNeighboursOrNobodyHasOne() {
    Placement.Cut cut =
        new Placement.Cut(
            1, List.of(new Shard(0, 0, 3, 0.3), new Shard(1, 3, 7, 0.4), new Shard(2, 7, 10, 0.3)));
    assertThat(new Moves(Set.of(0, 2, 3), new double[] {1, 0, 2, 5}).of(cut, 10))
        .as("grows the shard of the neighbour with the least rows, though another has none")
        .isEqualTo(
            new Placement.Cut(0, List.of(new Shard(0, 0, 7, 0.7), new Shard(2, 7, 10, 0.3))));
    assertThat(new Moves(Set.of(0, 2, 3), new double[] {9, 0, 9, 5}).of(cut, 10))
        .isEqualTo(
            new Placement.Cut(
                3,
                List.of(
                    new Shard(0, 0, 3, 0.3), new Shard(3, 3, 7, 0.4), new Shard(2, 7, 10, 0.3))));
    assertThat(new Moves(Set.of(0), new double[3]).of(cut, 10).owner()).isZero();
    assertThat(new Moves(Set.of(0, 1), new double[] {9, 1, 0}).of(cut, 10))
        .isEqualTo(
            new Placement.Cut(1, List.of(new Shard(0, 0, 3, 0.3), new Shard(1, 3, 10, 0.7))));
    assertThat(new Moves(Set.of(0, 2), new double[] {9, 0, 1}).of(new Placement.Whole(1), 10))
        .isEqualTo(new Placement.Whole(2));
    assertThat(
            new Moves(Set.of(0, 2), new double[] {9, 0, 1})
                .of(new Placement.Spread(1, List.of(0, 1, 2)), 10))
        .isEqualTo(new Placement.Spread(2, List.of(0, 0, 2)));
  }
}
