package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.engine.Pilot;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.toy.SgdLearner;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Simulation;
import dev.kingpin.plan.Simulator;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Steps;
import dev.kingpin.plan.Strategies;
import dev.kingpin.query.TrainQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches whose rows lie on several workers: nearly the bits of threads, and always the same. */
@Timeout(120) // a hang is a failure too
class SummedBatchesTest {
  private static final int SEEDS = 24;
  private static final int WORKERS = 3;

  static LongStream seeds() {
    // the last ones are far apart where steps run to and fro, and near the tolerance where not
    return LongStream.concat(LongStream.range(0, SEEDS), LongStream.of(43, 55, 1059, 1118, 1199));
  }

  private static RecordingSink run(TrainJob job, List<Stage> stages, int workers, int threads) {
    RecordingSink sink = new RecordingSink();
    WalledEngine engine = TestStages.engine(job, stages, workers);
    engine.run(job, sink, TestStages.threads(threads), RunListener.NONE);
    return sink;
  }

  private static SortedMap<String, String> bits(TrainJob job, RecordingSink sink) {
    return sink.bits(job.query().learner().codec());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void modelsAreWithinTheToleranceOfThoseOfThreadsAndTheSameEachTime(long seed) {
    TrainJob job = new SummedJobs(seed).job();
    String strategy = seed % 3 == 0 ? "sp" : "dp";
    int workers = 2 + (int) (seed % 7);
    List<Stage> stages = TestStages.of(job, strategy, workers);
    RecordingSink summed = run(job, stages, workers, 2);
    assertThat(SummedJobs.distance(job, SummedJobs.local(job), summed))
        .as(job.configs() + " by " + strategy + " on " + workers)
        .isLessThan(Placement.Summed.TOLERANCE);
    assertThat(bits(job, run(job, stages, workers, 1))).isEqualTo(bits(job, summed));
  }

  @Test
  void manyOfTheseGroupsAreReallySummed() {
    Set<Boolean> sums = new HashSet<>();
    int summed = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Stage> stages = TestStages.of(new SummedJobs(seed).job(), "dp", 4);
      summed += Stage.sumBatches(stages) ? 1 : 0;
      stages.forEach(s -> sums.add(Stage.sumBatches(List.of(s))));
    }
    assertThat(summed).isGreaterThan(SEEDS / 2);
    assertThat(sums).as("small groups stay whole").containsExactlyInAnyOrder(true, false);
  }

  // ---------------------------------------------------------------- bits

  /** Each of a group's parts lies on the worker that is listed. */
  private static List<Stage> onWorkers(TrainJob job, int... workers) {
    List<Stage> stages = new ArrayList<>();
    for (int g = 0; g < job.plan().groups().size(); g++) {
      List<Shard> shards = new ArrayList<>();
      for (int p = 0; p < workers.length; p++) {
        int last = shards.size() - 1;
        if (last >= 0 && shards.get(last).worker() == workers[p]) {
          Shard before = shards.remove(last);
          shards.add(new Shard(workers[p], before.from(), p + 1, before.share() + 0.25));
        } else {
          shards.add(new Shard(workers[p], p, p + 1, 0.25));
        }
      }
      Placement placement = new Placement.Summed(workers[0], shards);
      stages.add(new Stage(List.of(new Stage.Placed(g, placement))));
    }
    return stages;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 8, 12})
  void theBitsDependOnThePartsAndNotOnWhoHasThem(long seed) {
    TrainJob job = new SummedJobs(seed).job();
    SortedMap<String, String> apart = bits(job, run(job, onWorkers(job, 0, 1, 2, 3), 4, 2));
    assertThat(bits(job, run(job, onWorkers(job, 3, 2, 0, 1), 4, 2))).isEqualTo(apart);
    assertThat(bits(job, run(job, onWorkers(job, 1, 1, 0, 0), 2, 2))).isEqualTo(apart);
    assertThat(bits(job, run(job, onWorkers(job, 0, 0, 0, 0), 1, 1))).isEqualTo(apart);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 8, 12})
  void aWorkerThatDiesAtAnyMessageChangesNoBits(long seed) {
    TrainJob job = new SummedJobs(seed).job();
    List<Stage> stages = TestStages.of(job, "dp", WORKERS);
    assertThat(Stage.sumBatches(stages)).isTrue();
    SortedMap<String, String> expected = bits(job, run(job, stages, WORKERS, 2));
    int lost = 0;
    for (int dies = 0; dies < WORKERS; dies++) {
      for (long after : new long[] {1, 4, 20, 150}) {
        int worker = dies;
        List<String> notes = Collections.synchronizedList(new ArrayList<>());
        RecordingSink sink = new RecordingSink();
        TestStages.engine(job, stages, WORKERS)
            .meeting((w, m) -> w == worker && m >= after)
            .run(job, sink, TestStages.threads(2), noting(notes));
        assertThat(bits(job, sink)).as(worker + " dies after " + after).isEqualTo(expected);
        lost += notes.size();
      }
    }
    assertThat(lost).as("workers that died").isGreaterThan(5);
  }

  @Test
  void partsOfALostWorkerStayThePartsTheyAre() {
    List<Shard> shards =
        List.of(new Shard(0, 0, 1, 0.3), new Shard(1, 1, 2, 0.4), new Shard(2, 2, 3, 0.3));
    Placement moved =
        new Moves(Set.of(0, 2), new double[] {9, 0, 1}).of(new Placement.Summed(1, shards), 100);
    assertThat(moved)
        .isEqualTo(
            new Placement.Summed(2, List.of(new Shard(0, 0, 1, 0.3), new Shard(2, 1, 3, 0.7))));
    assertThat(BatchRows.parts(moved)).isEqualTo(3);
  }

  private static RunListener noting(List<String> notes) {
    return new RunListener() {
      @Override
      public void note(String message) {
        notes.add(message);
      }
    };
  }

  /** Keeps snapshots, and gives back the last one of each group. */
  private static final class Keeping extends RecordingSink {
    private final Set<GroupKey> asked = Collections.synchronizedSet(new HashSet<>());

    @Override
    public Optional<byte[]> snapshot(GroupKey key) {
      List<byte[]> kept = snapshots(key);
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      asked.add(key);
      return Optional.of(kept.get(kept.size() - 1));
    }
  }

  @Test
  void aGroupThatIsBegunAgainGoesOnFromItsLastSnapshot() {
    TrainJob job = new SummedJobs(2).job();
    List<Stage> stages = TestStages.of(job, "dp", WORKERS);
    Keeping sink = new Keeping();
    TestStages.engine(job, stages, WORKERS)
        .meeting((w, m) -> w == 1 && m >= 300)
        .run(job, sink, new RunOptions(2, false, false, 0), RunListener.NONE);
    assertThat(bits(job, sink)).isEqualTo(bits(job, run(job, stages, WORKERS, 2)));
    assertThat(sink.asked).isNotEmpty();
  }

  @Test
  void whatWasLeftOnWorkersGoesOnOnThreads() {
    TrainJob job = new SummedJobs(2).job();
    List<Stage> stages = TestStages.of(job, "dp", WORKERS);
    Keeping sink = new Keeping();
    RunOptions often = new RunOptions(2, false, false, 0);
    assertThatThrownBy(
            () ->
                TestStages.engine(job, stages, WORKERS)
                    .meeting((w, m) -> m >= 300)
                    .run(job, sink, often, RunListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("All workers (3) are lost");
    new LocalEngine().run(job, sink, TestStages.threads(1), RunListener.NONE);
    assertThat(sink.asked).isNotEmpty();
    assertThat(SummedJobs.distance(job, SummedJobs.local(job), sink))
        .isLessThan(Placement.Summed.TOLERANCE);
  }

  @Test
  void aLearnerThatCannotSumBatchesIsRefused() {
    TrainQuery query = TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).build();
    TrainJob job = TestJobs.of(new SgdLearner(), query, TestTables.make(Recipe.of(4_000), 3));
    List<Stage> stages = TestStages.of(job, "dp", 2);
    assertThatThrownBy(() -> run(job, stages, 2, 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Learner (toy-sgd) cannot sum the gradients of batches over workers. "
                + "Maybe use --strategy auto.");
  }

  // ---------------------------------------------------------------- counts

  /**
   * Of a group whose rows lie on k workers, every batch takes k - 1 requests and as many gradients,
   * and waits once; so do the counts before, the losses and the scores after; at the end k - 1
   * workers are told to forget it.
   */
  @ParameterizedTest
  @CsvSource({"1, dp, 2", "2, dp, 3", "4, sp, 4", "8, dp, 8", "15, dp, 5", "16, sp, 2"})
  void bytesMessagesAndSyncsAreThoseOfTheFormulas(long seed, String strategy, int workers) {
    TrainJob job = new SummedJobs(seed).job();
    List<Family> families = TestStages.families(job);
    Pilot pilot = new Pilot(job, new RecordingSink());
    List<Demand> measured = families.stream().map(pilot::measure).toList();
    List<Stage> stages = TestStages.of(job, strategy, workers);
    WalledEngine engine = TestStages.engine(job, stages, workers);
    engine.run(job, new RecordingSink(), TestStages.threads(2), RunListener.NONE);
    Ledger ledger = engine.ledger().orElseThrow();
    double[] sums = new double[3]; // bytes, messages, syncs
    long forgotten = 0;
    for (Stage stage : stages) {
      for (Stage.Placed placed : stage.groups()) {
        if (placed.placement() instanceof Placement.Summed summed) {
          forgotten += summed.shards().size() - 1;
          add(measured.get(placed.group()), summed, sums);
        }
      }
    }
    assertThat(ledger.syncs()).isEqualTo(Math.round(sums[2])).isPositive();
    assertThat(ledger.messages()).isEqualTo(Math.round(sums[1]) + forgotten);
    assertThat(ledger.bytes()).isEqualTo(Math.round(sums[0]) + Message.HEADER * forgotten);
    Cluster cluster =
        Cluster.of(Machine.USUAL, workers, Cluster.Worker.USUAL, Cluster.Network.TEN_GIGABIT);
    Simulation played = Simulator.run(stages, new Demands(measured, cluster.network()), cluster);
    assertThat(played.syncs()).isEqualTo(ledger.syncs());
    assertThat(played.messages()).isEqualTo(ledger.messages() - forgotten);
    assertThat(Math.round(played.bytes())).isEqualTo(Math.round(sums[0]));
  }

  private static void add(Demand group, Placement.Summed summed, double[] sums) {
    List<OfChain> chains = new ArrayList<>(group.chains());
    chains.addAll(group.last());
    for (OfChain chain : chains) {
      for (Steps step : chain.steps()) {
        double batches = (double) step.times() * step.batches();
        for (Shard shard : summed.shards()) {
          if (shard.worker() != summed.owner()) {
            double answer = step.partialBytes() + step.sharedBytes() * shard.share();
            sums[0] += batches * (step.requestBytes() + answer);
            sums[1] += 2 * batches;
          }
        }
        sums[2] += batches;
      }
    }
  }

  @Test
  void sumsOfBatchesAreTakenOnlyIfTheyAreAskedFor() {
    for (long seed = 0; seed < SEEDS; seed++) {
      TrainJob job = new SummedJobs(seed).job();
      assertThat(Stage.sumBatches(TestStages.of(job, Strategies.AUTO, 4))).isFalse();
    }
  }
}
