package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** When workers that share cores are done, by the name of what they do. */
class SharedCoresTest {
  private static final Offset<Double> HANDOVERS = Offset.offset(0.01);

  private final Clock clock = new Clock();
  private final Map<String, Double> done = new LinkedHashMap<>();

  private List<Station> stations(int count, int cores) {
    SharedCores shared = new SharedCores(cores);
    return IntStream.range(0, count).mapToObj(i -> new Station(clock, shared, 1, false)).toList();
  }

  private Runnable end(String name) {
    return () -> done.put(name, clock.now());
  }

  private void own(Station station, double seconds, String name) {
    station.own(seconds, 0.001, end(name));
    station.goOn();
  }

  private void run() {
    clock.run(Double.POSITIVE_INFINITY);
  }

  @Test
  void aHandoverOfASmallRequestCostsLessThanOneOfALargeTask() {
    SharedCores cores = new SharedCores(2);
    double small = cores.handover(1e-5);
    double large = cores.handover(1e-2);
    assertThat(small).isBetween(Cluster.WAKE, 2 * Cluster.WAKE);
    assertThat(large).isGreaterThan(10 * small);
    assertThat(cores.handover(10)).as("is moved to an idle core").isEqualTo(large);
  }

  @Test
  void aThreadIsNeverMisplacedWhereThereIsOneCore() {
    assertThat(new SharedCores(1).handover(1)).isEqualTo(Cluster.WAKE);
    assertThat(new SharedCores(8).handover(1)).isGreaterThan(new SharedCores(2).handover(1));
  }

  @Test
  void aCoreThatIsFreeCostsNothing() {
    List<Station> stations = stations(2, 2);
    own(stations.get(0), 1, "first");
    own(stations.get(1), 2, "second");
    run();
    assertThat(done).containsExactly(Map.entry("first", 1.0), Map.entry("second", 2.0));
  }

  @Test
  void tasksOfMoreWorkersThanCoresComeOneAfterTheOther() {
    List<Station> stations = stations(3, 1);
    IntStream.range(0, 3).forEach(w -> own(stations.get(w), 1, "task " + w));
    run();
    assertThat(done.keySet()).containsExactly("task 0", "task 1", "task 2");
    assertThat(done.get("task 0")).isEqualTo(1);
    assertThat(done.get("task 2")).isCloseTo(3, HANDOVERS);
  }

  @Test
  void whateverOthersWaitForGoesFirst() {
    List<Station> stations = stations(3, 1);
    own(stations.get(0), 1, "task");
    own(stations.get(1), 1, "other task");
    clock.at(0.5, () -> stations.get(2).request(0.1, end("request")));
    run();
    assertThat(done.keySet()).containsExactly("request", "other task", "task");
    assertThat(done.get("request")).isCloseTo(0.6, HANDOVERS);
  }

  @Test
  void aWorkerThatWaitsForACoreHurriesWhenARequestComes() {
    List<Station> stations = stations(3, 1);
    own(stations.get(0), 1, "task");
    own(stations.get(1), 1, "other task");
    own(stations.get(2), 1, "third task");
    clock.at(0.5, () -> stations.get(2).request(0.1, end("request")));
    run();
    assertThat(done.keySet()).startsWith("request");
  }

  @Test
  void aTurnIsNotCutShort() {
    List<Station> stations = stations(2, 1);
    own(stations.get(0), 0.004, "task");
    clock.at(0.001, () -> stations.get(1).request(0.1, end("request")));
    run();
    assertThat(done.get("task")).isEqualTo(0.004);
  }
}
