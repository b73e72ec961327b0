package dev.kingpin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Workspace;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.SgdLearner;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The way of one group: checks, the split, chains, the winner, its refit. */
class GroupTrainingTest {
  private static QueryBuilder query() {
    return TrainQuery.groupBy("g").predict("y").minRows(20).seed(1);
  }

  private static RecordingSink run(TrainJob job) {
    RecordingSink sink = new RecordingSink();
    new LocalEngine().run(job, sink, new RunOptions(1, false, false, 1e9), RunListener.NONE);
    return sink;
  }

  private static TrainedGroup group(RecordingSink sink, String key) {
    return sink.group(GroupKey.of(key));
  }

  private static Config config(double l2) {
    return new Config(new TreeMap<>(Map.of("l2", Double.toString(l2))));
  }

  @Test
  void theMessageOfAFailedGroupNamesItsRows() {
    double nan = Double.NaN;
    MemoryTable table =
        new MemoryTable("t")
            .text("g", "few", "few", "none", "none", "none")
            .number("x", 1, 2, 3, 4, 5)
            .number("y", 1, 2, nan, nan, nan);
    RecordingSink sink = run(TestJobs.of(Learners.of("linear"), query().build(), table));
    assertThat(group(sink, "few").outcome())
        .isEqualTo(new Outcome.Failed(Outcome.Reason.TOO_FEW_ROWS, "2 usable rows, fewer than 20"));
    assertThat(group(sink, "none").outcome())
        .isEqualTo(
            new Outcome.Failed(
                Outcome.Reason.NO_TARGET,
                "none of its 3 rows has a value of (y) that can be used"));
    assertThat(group(sink, "none").skippedRows()).isEqualTo(3);
    assertThat(group(sink, "few").rows()).isEqualTo(2);
  }

  @Test
  void aConstantGroupNamesItsValue() {
    double[] y = new double[80];
    for (int r = 0; r < y.length; r++) {
      y[r] = r < 40 ? 7.5 : r;
    }
    MemoryTable table =
        new MemoryTable("t")
            .text(
                "g",
                IntStream.range(0, 80).mapToObj(r -> r < 40 ? "a" : "b").toArray(String[]::new))
            .number("x", IntStream.range(0, 80).asDoubleStream().toArray())
            .number("y", y);
    RecordingSink sink = run(TestJobs.of(Learners.of("linear"), query().build(), table));
    Outcome outcome = group(sink, "a").outcome();
    assertThat(outcome).isInstanceOf(Outcome.Constant.class);
    assertThat(((Outcome.Constant) outcome).reason()).isEqualTo("all its targets are 7.5");
    assertThat(group(sink, "a").validationRows()).isZero();
    assertThat(group(sink, "b").outcome()).isInstanceOf(Outcome.Trained.class);
  }

  private static MemoryTable withARepeatedColumn() {
    double[] x = IntStream.range(0, 60).mapToDouble(i -> i % 17).toArray();
    double[] y = IntStream.range(0, 60).mapToDouble(i -> i % 13).toArray();
    return new MemoryTable("t")
        .number("g", new double[60])
        .number("a", x)
        .number("b", x)
        .number("y", y);
  }

  @Test
  void aGroupWithoutAFitNamesTheFirstConfigAndItsProblem() {
    MemoryTable table = withARepeatedColumn();
    TrainJob job = TestJobs.of(Learners.of("linear"), List.of(config(0)), query().build(), table);
    Outcome outcome = group(run(job), "0").outcome();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.reason()).isEqualTo(Outcome.Reason.NO_FIT);
    assertThat(failed.message())
        .startsWith("no config could be trained; l2=0.0: some columns repeat others")
        .contains("Maybe use l2 above 0");
  }

  @Test
  void oneConfigThatFailsLeavesTheOthers() {
    MemoryTable table = withARepeatedColumn();
    TrainJob job =
        TestJobs.of(Learners.of("linear"), List.of(config(0), config(0.1)), query().build(), table);
    Outcome.Trained trained = (Outcome.Trained) group(run(job), "0").outcome();
    assertThat(trained.winner()).isEqualTo(1);
    assertThat(trained.metrics().get(0)).isNaN();
    assertThat(trained.metrics().get(1)).isFinite();
  }

  @Test
  void metricsStandInTheOrderOfTheConfigsHoweverChainsAreSplit() {
    Learner learner = new SgdLearner();
    List<Config> configs = new ArrayList<>();
    for (String[] values :
        new String[][] {{"3", "0.01"}, {"1", "0.3"}, {"3", "0.2"}, {"1", "0.02"}}) {
      configs.add(new Config(new TreeMap<>(Map.of("epochs", values[0], "rate", values[1]))));
    }
    MemoryTable table = TestTables.make(Recipe.of(700), 2);
    TrainJob job = TestJobs.of(learner, configs, query().build(), table);
    assertThat(job.chains()).hasSize(2);
    Outcome.Trained together = (Outcome.Trained) group(run(job), "g000").outcome();
    for (int c = 0; c < configs.size(); c++) {
      TrainJob one = TestJobs.of(learner, List.of(configs.get(c)), query().build(), table);
      Outcome.Trained alone = (Outcome.Trained) group(run(one), "g000").outcome();
      assertThat(together.metrics().get(c)).isEqualTo(alone.metrics().get(0));
      assertThat(together.rivals().constant()).isEqualTo(alone.rivals().constant());
    }
    assertThat(together.metrics()).doesNotHaveDuplicates();
    assertThat(together.metrics().get(together.winner()))
        .isEqualTo(together.metrics().stream().min(Double::compare).orElseThrow());
  }

  @Test
  void withoutARefitTheWinnerIsKeptAsItWasValidated() {
    MemoryTable table = TestTables.make(Recipe.of(300), 2);
    Learner learner = Learners.of("linear");
    TrainedGroup kept =
        group(run(TestJobs.of(learner, query().refit(false).build(), table)), "g000");
    TrainedGroup refitted = group(run(TestJobs.of(learner, query().build(), table)), "g000");
    Outcome.Trained a = (Outcome.Trained) kept.outcome();
    Outcome.Trained b = (Outcome.Trained) refitted.outcome();
    assertThat(a.metrics()).isEqualTo(b.metrics());
    assertThat(a.winner()).isEqualTo(b.winner());
    assertThat(a.model().describe()).isNotEqualTo(b.model().describe());
  }

  @Test
  void theShareOfTheQueryIsHeldOut() {
    MemoryTable table = TestTables.make(Recipe.of(300), 2);
    TrainQuery query = query().validate(Validation.holdout(0.37)).build();
    assertThat(group(run(TestJobs.of(Learners.of("linear"), query, table)), "g000"))
        .satisfies(g -> assertThat(g.validationRows()).isEqualTo(111))
        .satisfies(g -> assertThat(g.rows()).isEqualTo(300));
  }

  // ---------------------------------------------------------------- epochs

  /** Writes down which rows it meets. */
  private static final class Diary implements SequentialTrainer<List<Long>> {
    static final int EPOCHS = 2;
    static final long END_OF_EPOCH = -1;

    @Override
    public List<Long> begin(Chain chain, GroupStats group, @Nullable Prior prior) {
      return new ArrayList<>();
    }

    @Override
    public boolean wantsEpoch(List<Long> state) {
      return state.stream().filter(f -> f == END_OF_EPOCH).count() < EPOCHS;
    }

    @Override
    public void advance(List<Long> state, RowBlock block, Workspace workspace) {
      state.add(block.firstRow() << 32 | block.ordinal()[block.offset()]);
    }

    @Override
    public void endEpoch(List<Long> state) {
      state.add(END_OF_EPOCH);
    }

    @Override
    public int startShard(Chain chain, int shards) {
      return shards - 1;
    }

    @Override
    public List<Long> refit(List<Long> state, int fit) {
      return state;
    }

    @Override
    public FitResult finish(List<Long> state, int fit) {
      return FitResult.failed("visits: " + state);
    }

    @Override
    public byte[] snapshot(List<Long> state) {
      return new byte[0];
    }

    @Override
    public List<Long> restore(
        Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
      throw new IllegalStateException("Nothing to restore");
    }
  }

  @Test
  void anEpochVisitsVirtualShardsInWrapAroundOrder() {
    int rows = 200_000; // three virtual shards, 196 blocks
    double[] y = IntStream.range(0, rows).mapToDouble(i -> i % 100).toArray();
    MemoryTable table =
        new MemoryTable("t").number("g", new double[rows]).number("x", y).number("y", y);
    Learner learner =
        new SgdLearner() {
          @Override
          public Trainer<?> trainer(Chain chain) {
            return new Diary();
          }
        };
    Config config = new Config(new TreeMap<>(Map.of("epochs", "1", "rate", "1")));
    TrainJob job = TestJobs.of(learner, List.of(config), query().build(), table);
    GroupRows group = job.table().rows(0);
    int[] order = RowOrder.permutation(group, 1);
    List<Long> visits = new ArrayList<>();
    for (int epoch = 0; epoch < Diary.EPOCHS; epoch++) {
      IntStream.concat(IntStream.range(130, 196), IntStream.range(0, 130))
          .mapToLong(b -> (long) b * RowBlock.ROWS)
          .forEach(first -> visits.add(first << 32 | group.ordinal(order[(int) first])));
      visits.add(Diary.END_OF_EPOCH);
    }
    Outcome.Failed outcome = (Outcome.Failed) group(run(job), "0").outcome();
    assertThat(outcome.message()).endsWith("visits: " + visits);
  }

  // ---------------------------------------------------------------- snapshots

  @Test
  void aSnapshotIsKeptAfterEveryStepIfTimeIsUp() {
    MemoryTable table = TestTables.make(Recipe.of(500, 400), 2);
    TrainJob job = TestJobs.of(new BinnedLearner(), query().build(), table);
    RecordingSink often = new RecordingSink();
    new LocalEngine().run(job, often, new RunOptions(1, false, false, 0), RunListener.NONE);
    assertThat(often.snapshots(GroupKey.of("g000")))
        .hasSize(9); // 5 rounds and losses, then 2 and losses
    assertThat(often.snapshots(GroupKey.of("g001"))).hasSize(9);
    assertThat(run(job).snapshots(GroupKey.of("g000"))).isEmpty();
  }

  @Test
  void aSnapshotOfAnotherGroupIsNotLookedAt() {
    MemoryTable table = TestTables.make(Recipe.of(500, 400), 2);
    TrainJob job = TestJobs.of(new SgdLearner(), query().build(), table);
    List<GroupKey> asked = new ArrayList<>();
    RecordingSink sink =
        new RecordingSink() {
          @Override
          public Optional<byte[]> snapshot(GroupKey key) {
            asked.add(key);
            return Optional.empty();
          }
        };
    new LocalEngine().run(job, sink, new RunOptions(1, true, false, 0), RunListener.NONE);
    assertThat(asked).containsExactly(GroupKey.of("g000"), GroupKey.of("g001"));
  }
}
