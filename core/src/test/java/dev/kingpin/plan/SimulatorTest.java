package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.plan.Placement.Cut;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Placement.Spread;
import dev.kingpin.plan.Placement.Whole;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Plans in virtual time, beside what comes out by hand. */
class SimulatorTest {
  /** What it costs that cores change hands. */
  private static final Offset<Double> HANDOVERS = Offset.offset(0.02);

  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  /** A megabyte a second; ten milliseconds. */
  private static final Cluster.Network SLOW = new Cluster.Network(1e6, 0.01);

  private static final Shard FIRST = new Shard(0, 0, 1, 0.5);
  private static final Shard SECOND = new Shard(1, 1, 2, 0.5);

  static Stage stage(Placement... placements) {
    List<Stage.Placed> placed = new ArrayList<>();
    for (int g = 0; g < placements.length; g++) {
      placed.add(new Stage.Placed(g, placements[g]));
    }
    return new Stage(placed);
  }

  static Simulation play(Cluster cluster, Stage stage, Demand... groups) {
    return Simulator.run(List.of(stage), Given.groups(cluster, groups), cluster);
  }

  @Test
  void groupsOfAWorkerComeOneAfterTheOther() {
    Cluster cluster = Given.cluster(Given.INSTANT, 1, 2);
    Simulation played =
        play(
            cluster,
            stage(new Whole(0), new Whole(1), new Whole(1)),
            Given.seconds(1, 3),
            Given.seconds(1, 4),
            Given.seconds(1, 1));
    assertThat(played.seconds()).isCloseTo(3, EXACT);
    assertThat(played.busySeconds()).containsExactly(3, 2.5);
    assertThat(played.utilisation()).isCloseTo(5.5 / 6, EXACT);
  }

  @Test
  void workersBeginWhenTheyHaveTheirRows() {
    Cluster cluster = Given.cluster(2, SLOW);
    Demand small = Given.group(1, 2e6, Given.sum(Given.steps(1, 1)));
    Demand large = Given.group(1, 5e6, Given.sum(Given.steps(1, 1)));
    Simulation played =
        play(cluster, stage(new Whole(0), new Whole(1), new Whole(0)), small, large, small);
    assertThat(played.seconds()).isCloseTo(6, EXACT);
    assertThat(played.loadSeconds()).isCloseTo(5, EXACT);
    assertThat(played.loadBytes()).isCloseTo(9e6, EXACT);
  }

  @Test
  void workersShareTheSourceOfTheirRows() {
    Cluster cluster = Given.cluster(2, SLOW.withSource(1e6));
    Demand small = Given.group(1, 2e6, Given.sum(Given.steps(1, 1)));
    Demand large = Given.group(1, 5e6, Given.sum(Given.steps(1, 2)));
    Simulation played = play(cluster, stage(new Whole(0), new Whole(1)), small, large);
    // half a megabyte a second for each until 4, when the small one is there; the rest at once
    assertThat(played.loadSeconds()).isCloseTo(4 + 3, EXACT);
    assertThat(played.seconds()).isCloseTo(4 + 3 + 2, EXACT);
    assertThat(Terms.of(played)).isEqualTo(new Terms(7, 1.5, 0.5, 0));
    Simulation one = play(cluster, stage(new Whole(0)), small);
    assertThat(one.seconds()).isCloseTo(2 + 1, EXACT);
  }

  @Test
  void onOneMachineThereIsNoSourceToWaitFor() {
    Demand group = Given.group(2, 2e6, Given.sum(Given.steps(5, 2)));
    List<Cluster.Worker> workers = List.of(Cluster.Worker.USUAL, Cluster.Worker.USUAL);
    Cluster plain = new Cluster(Given.MACHINE, workers, SLOW, 2);
    Cluster slow = new Cluster(Given.MACHINE, workers, SLOW.withSource(1), 2);
    assertThat(slow).isEqualTo(plain);
    Stage cut = stage(new Cut(0, List.of(FIRST, SECOND)));
    assertThat(play(slow, cut, group).seconds()).isEqualTo(play(plain, cut, group).seconds());
  }

  @Test
  void anAlgebraicStepGoesOutAndComesBack() {
    Cluster cluster = Given.cluster(2, SLOW);
    Steps steps = new Steps(3, 2, 0.5, 0.25, 1e5, 2e5, 1);
    Simulation played =
        play(
            cluster,
            stage(new Cut(0, List.of(FIRST, SECOND))),
            Given.group(2, 0, Given.sum(steps)));
    // request 0.01 + 0.1, rows 1 + 0.5 and messages 0.3, partial 0.01 + 0.2; owner 0.25 + 0.3
    assertThat(played.seconds()).isCloseTo(3 * (0.11 + 1.8 + 0.21 + 0.55), EXACT);
    assertThat(played.bytes()).isCloseTo(3 * 3e5, EXACT);
    assertThat(played.messages()).isEqualTo(6);
    assertThat(played.syncs()).isEqualTo(3);
    assertThat(played.busySeconds()[0]).isCloseTo(3 * (1.5 + 0.55), EXACT);
    assertThat(played.busySeconds()[1]).isCloseTo(3 * 1.8, EXACT);
  }

  @Test
  void partialsQueueWhereTheyMeet() {
    Cluster cluster = Given.cluster(4, SLOW);
    List<Shard> shards = Cuts.even(4, new int[] {0, 1, 2, 3});
    Demand group = Given.group(4, 0, Given.sum(new Steps(1, 4, 0, 0, 0, 1e6, 1)));
    Simulation played = play(cluster, stage(new Cut(0, shards)), group);
    // latency, rows and one message to write, latency, three to arrive, three to read
    assertThat(played.seconds()).isCloseTo(0.01 + 2 + 0.01 + 3 + 3, EXACT);
  }

  @Test
  void partialsThatGrowWithRowsAreSharedOut() {
    Cluster cluster = Given.cluster(4, SLOW);
    List<Shard> shards = Cuts.even(4, new int[] {0, 1, 2, 3});
    Steps steps = new Steps(1, 4, 0, 0, 0, 4e6, 1).shared();
    Simulation played =
        play(cluster, stage(new Cut(0, shards)), Given.group(4, 0, Given.sum(steps)));
    assertThat(played.bytes()).isCloseTo(3e6, EXACT);
  }

  @Test
  void chainsRotateOverShards() {
    Cluster cluster = Given.cluster(2, SLOW);
    Demand group =
        Given.group(
            2, 0, Given.hop(1e5, 0, Given.steps(3, 2)), Given.hop(1e5, 0.5, Given.steps(3, 2)));
    Simulation played = play(cluster, stage(new Cut(0, List.of(FIRST, SECOND))), group);
    // six visits of 1 + 0.2 for messages, five hops; the chain from worker 1 first goes there
    assertThat(played.seconds()).isCloseTo(6 * 1.2 + 6 * 0.11, EXACT);
    // there, five hops, and home from where it ends; twelve of 0.1 megabytes
    assertThat(played.messages()).isEqualTo(12);
    assertThat(played.bytes()).isCloseTo(12e5, EXACT);
    assertThat(played.syncs()).isZero();
  }

  @Test
  void aChainThatMeetsAnotherWaits() {
    Cluster cluster = Given.cluster(2, Given.INSTANT);
    Demand group =
        Given.group(2, 0, Given.hop(0, 0, Given.steps(1, 2)), Given.hop(0, 0, Given.steps(1, 2)));
    Simulation played = play(cluster, stage(new Cut(0, List.of(FIRST, SECOND))), group);
    assertThat(played.seconds()).isCloseTo(3, EXACT);
  }

  @Test
  void whatHopsIsSplitAndWhatSumsIsNot() {
    Cluster cluster = Given.cluster(2, Given.INSTANT);
    Demand hops = Given.group(2, 0, Given.split(Given.hop(0, 0, Given.steps(1, 2)), 2));
    Simulation rotated = play(cluster, stage(new Cut(0, List.of(FIRST, SECOND))), hops);
    assertThat(rotated.seconds()).isCloseTo(2, EXACT);
    Demand sums = Given.group(2, 0, Given.split(Given.sum(Given.steps(5, 2)), 2));
    Demand other = Given.group(1, 0, Given.sum(Given.steps(1, 1)));
    Simulation summed =
        play(cluster, stage(new Cut(0, List.of(FIRST, SECOND)), new Whole(1)), sums, other);
    assertThat(summed.syncs()).isEqualTo(5);
  }

  @Test
  void twoCoresTakeTwiceAsLongForFourWorkers() {
    Cluster.Worker worker = Cluster.Worker.USUAL;
    Cluster cluster =
        new Cluster(Given.MACHINE, List.of(worker, worker, worker, worker), Given.INSTANT, 2);
    Demand one = Given.seconds(1, 3);
    Simulation tasks =
        play(
            cluster,
            stage(new Whole(0), new Whole(1), new Whole(2), new Whole(3)),
            one,
            one,
            one,
            one);
    assertThat(tasks.seconds()).isCloseTo(6, HANDOVERS);
    Demand giant = Given.group(4, 0, Given.sum(Given.steps(5, 4)));
    Placement cut = new Cut(0, Cuts.even(4, new int[] {0, 1, 2, 3}));
    assertThat(play(cluster, stage(cut), giant).seconds()).isCloseTo(10, HANDOVERS);
    assertThat(play(cluster, stage(cut, new Whole(1)), giant, one).seconds()).isBetween(11.5, 13.1);
  }

  @Test
  void aRequestWaitsForAStepOfTheWorkersOwn() {
    Cluster cluster = Given.cluster(2, new Cluster.Network(Double.POSITIVE_INFINITY, 0.7));
    Demand cut = Given.group(2, 0, Given.sum(Given.steps(1, 2)));
    Demand own = Given.group(1, 0, Given.sum(Given.steps(10, 1)));
    Simulation played =
        play(cluster, stage(new Cut(0, List.of(FIRST, SECOND)), new Whole(1)), cut, own);
    // there at 0.7, begun at 1, done at 2, back at 2.7; its own goes on meanwhile
    assertThat(played.seconds()).isCloseTo(11, EXACT);
    Simulation bare =
        play(
            cluster,
            stage(new Cut(0, List.of(FIRST, SECOND)), new Whole(1)),
            cut,
            Given.seconds(1, 1));
    assertThat(bare.seconds()).isCloseTo(2.7, EXACT);
    assertThat(bare.busySeconds()).containsExactly(1, 2);
  }

  @Test
  void modelTasksEndAtTheirOwner() {
    Cluster cluster = Given.cluster(2, SLOW);
    Demand group =
        new Demand(
            1,
            1,
            1e6,
            List.of(Given.hop(1e5, 0, Given.steps(2, 1)), Given.hop(1e5, 0, Given.steps(2, 1))),
            List.of(Given.sum(Given.steps(1, 0.5))));
    Simulation played = play(cluster, stage(new Spread(0, List.of(0, 1))), group);
    // rows 1, the task 2 and its state 0.1, on the way 0.11, two states to read 0.2, last 0.5
    assertThat(played.seconds()).isCloseTo(1 + 2.1 + 0.11 + 0.2 + 0.5, EXACT);
    assertThat(played.loadBytes()).isCloseTo(2e6, EXACT);
    assertThat(played.messages()).isEqualTo(1);
  }

  @Test
  void messagesOfModelTasksTakeTheCoresOfOneMachine() {
    Demand group = Given.group(1, 0, Given.hop(0, 0, Given.steps(2, 1)));
    Cluster.Worker worker = Cluster.Worker.USUAL;
    Cluster one = new Cluster(Given.MACHINE, List.of(worker, worker), Given.INSTANT, 2);
    Simulation played = play(one, stage(new Spread(0, List.of(1))), group);
    assertThat(played.busySeconds()[0]).isCloseTo(2 * Cluster.WAKE, EXACT);
    assertThat(played.busySeconds()[1]).isCloseTo(2 + Cluster.WAKE, EXACT);
  }

  @Test
  void aStepOnOneMachineWakesThreeThreads() {
    Demand group = Given.group(2, 0, Given.sum(Given.steps(5, 2)));
    Cluster.Worker worker = Cluster.Worker.USUAL;
    Cluster one = new Cluster(Given.MACHINE, List.of(worker, worker), Cluster.Network.MEMORY, 2);
    Simulation played = play(one, stage(new Cut(0, List.of(FIRST, SECOND))), group);
    // the one that reads the request, the one that reads the answer, the owner's own
    assertThat(played.seconds()).isCloseTo(5 * (1 + 3 * Cluster.WAKE), Offset.offset(1e-4));
  }

  @Test
  void aStageBeginsWhenTheOneBeforeIsDoneAndItsRowsAreThere() {
    Cluster cluster = Given.cluster(2, SLOW);
    Demand small = Given.group(1, 1e6, Given.sum(Given.steps(1, 1)));
    Demand large = Given.group(1, 5e6, Given.sum(Given.steps(1, 1)));
    Demands groups = Given.groups(cluster, small, large, small);
    List<Stage> stages =
        List.of(
            stage(new Whole(0)),
            new Stage(List.of(new Stage.Placed(1, new Whole(1)))),
            new Stage(List.of(new Stage.Placed(2, new Whole(0)))));
    assertThat(Simulator.run(stages, groups, cluster).seconds()).isCloseTo(5 + 1 + 1, EXACT);
  }

  @Test
  void memoryIsRowsAndWhatIsInWork() {
    Cluster cluster = Given.cluster(2, SLOW);
    Steps steps = new Steps(1, 1, 0, 0, 0, 100, 1);
    Demand cut =
        Given.group(
            2,
            1000,
            new Demand.OfChain(
                dev.kingpin.learner.Pattern.ALGEBRAIC, List.of(steps), 10, 0, Parts.NONE));
    Demand whole = Given.group(1, 500, Given.hop(7, 0, Given.steps(1, 1)));
    Demands groups = Given.groups(cluster, cut, whole, whole);
    Stage first = stage(new Cut(0, List.of(FIRST, SECOND)), new Whole(1));
    Stage second = new Stage(List.of(new Stage.Placed(2, new Whole(1))));
    Simulation played = Simulator.run(List.of(first, second), groups, cluster);
    // the owner has the state, a partial of its own and the sum of all
    assertThat(played.peakBytes()).containsExactly(500 + 10 + 200, 500 + 2 * 500 + 100 + 7);
    assertThat(played.peakByte()).isEqualTo(500 + 2 * 500 + 100 + 7);
  }
}
