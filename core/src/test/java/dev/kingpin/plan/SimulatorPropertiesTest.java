package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.plan.Placement.Whole;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

/** What holds of any plan in virtual time. */
class SimulatorPropertiesTest {
  @Provide
  Arbitrary<Demand> sums() {
    return Given.anySumming();
  }

  @Provide
  Arbitrary<List<Demand>> groups() {
    return Given.anyGroup().list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<Cluster> clusters() {
    return Given.anyCluster();
  }

  @Property(tries = 300)
  void aGroupAloneIsWorkedOutAsItIsPlayed(
      @ForAll("sums") Demand group, @ForAll("clusters") Cluster cluster) {
    Stage alone = DataParallel.stage(0, group, cluster);
    Demand nothing = new Demand(1, 1, 0, List.of(), List.of());
    Stage played = new Stage(List.of(alone.groups().get(0), new Stage.Placed(1, new Whole(0))));
    Simulation worked = SimulatorTest.play(cluster, alone, group, nothing);
    Simulation course = SimulatorTest.play(cluster, played, group, nothing);
    check(worked, course);
  }

  private static void check(Simulation worked, Simulation course) {
    Offset<Double> close = Offset.offset(1e-9 * course.seconds());
    assertThat(worked.seconds()).isCloseTo(course.seconds(), close);
    assertThat(worked.bytes()).isCloseTo(course.bytes(), Offset.offset(1e-9 * course.bytes()));
    assertThat(worked.messages()).isEqualTo(course.messages());
    assertThat(worked.syncs()).isEqualTo(course.syncs());
    for (int w = 0; w < worked.busySeconds().length; w++) {
      assertThat(worked.busySeconds()[w]).isCloseTo(course.busySeconds()[w], close);
    }
  }

  @Property(tries = 100)
  void aGroupAloneWhoseBatchesAreSummedToo(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    Demand group = groups.get(0);
    Placement placement = DataParallel.stage(0, group, cluster).groups().get(0).placement();
    Demand nothing = new Demand(1, 1, 0, List.of(), List.of());
    check(
        SimulatorTest.play(cluster, SimulatorTest.stage(placement), group, nothing),
        SimulatorTest.play(cluster, SimulatorTest.stage(placement, new Whole(0)), group, nothing));
  }

  @Property(tries = 100)
  void noPlanIsFasterThanItsWorkDividedAtWill(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    Demands demands = new Demands(groups, cluster.network());
    double work = 0;
    double rows = 0;
    for (int g = 0; g < demands.size(); g++) {
      work += demands.seconds(g);
      rows += demands.of(g).rowBytes();
    }
    for (Strategy strategy : Strategies.all()) {
      if (strategy.place(demands, cluster) instanceof Layout.Stages stages) {
        Simulation played = Simulator.run(stages.stages(), demands, cluster);
        double busiest = Arrays.stream(played.busySeconds()).max().orElseThrow();
        assertThat(played.seconds()).isGreaterThanOrEqualTo(busiest * (1 - 1e-9));
        assertThat(played.seconds()).isGreaterThanOrEqualTo(played.loadSeconds());
        assertThat(played.loadSeconds() * (1 + 1e-9))
            .isGreaterThanOrEqualTo(rows / cluster.network().source());
        assertThat(played.seconds() * (1 + 1e-9))
            .isGreaterThanOrEqualTo(strategy.atLeast(demands, cluster));
        assertThat(played.seconds() * cluster.speed()).isGreaterThanOrEqualTo(work * (1 - 1e-9));
        assertThat(played.utilisation()).isBetween(0.0, 1 + 1e-9);
      }
    }
  }

  @Property(tries = 100)
  void aFasterNetworkIsNeverSlowerForASum(
      @ForAll("sums") Demand group, @ForAll("clusters") Cluster cluster) {
    Cluster.Network slow = cluster.network();
    Cluster.Network network =
        new Cluster.Network(4 * slow.bandwidth(), slow.latency(), 2 * slow.source());
    Cluster faster = new Cluster(cluster.machine(), cluster.workers(), network, cluster.cores());
    Stage stage = DataParallel.stage(0, group, cluster);
    assertThat(SimulatorTest.play(faster, stage, group).seconds())
        .isLessThanOrEqualTo(SimulatorTest.play(cluster, stage, group).seconds() * (1 + 1e-9));
  }

  @Property(tries = 50)
  void threeTimesTheStepsTakeThreeTimesAsLong(
      @ForAll("clusters") Cluster cluster, @ForAll("steps") Steps steps) {
    Demand group = Given.group(300, 0, Given.sum(steps));
    Demand thrice = Given.group(300, 0, Given.sum(times(steps, 3 * steps.times())));
    Demand nothing = new Demand(1, 1, 0, List.of(), List.of());
    Placement cut = DataParallel.stage(0, group, cluster).groups().get(0).placement();
    double once =
        SimulatorTest.play(cluster, SimulatorTest.stage(cut, new Whole(0)), group, nothing)
            .seconds();
    assertThat(
            SimulatorTest.play(cluster, SimulatorTest.stage(cut, new Whole(0)), thrice, nothing)
                .seconds())
        .isCloseTo(3 * once, Offset.offset(1e-6 * once));
  }

  private static Steps times(Steps s, long times) {
    return new Steps(
        times,
        s.rowSeconds(),
        s.startSeconds(),
        s.ownerSeconds(),
        s.requestBytes(),
        s.partialBytes(),
        s.batches());
  }

  @Provide
  Arbitrary<Steps> steps() {
    return Arbitraries.longs()
        .between(30, 200)
        .map(times -> new Steps(times, 1, 1e-3, 1e-2, 1e3, 1e4, 1));
  }
}
