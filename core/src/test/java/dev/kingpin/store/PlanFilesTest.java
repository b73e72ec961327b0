package dev.kingpin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Work;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that describe machines and clusters. */
class PlanFilesTest {
  @TempDir private Path folder = Path.of("");

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("it.json"), text);
  }

  @Test
  void aMachineComesBackAsItWas() {
    Machine machine = new Machine(Machine.USUAL.flops(), 5e9, 3e-6, 2e9);
    Path file = folder.resolve("deep").resolve("machine.json");
    MachineFile.write(file, machine);
    assertThat(MachineFile.read(file)).isEqualTo(machine);
  }

  @Test
  void ratesThatAreNotNamedAreUsual() throws IOException {
    Machine machine = MachineFile.read(write("{\"operations_per_second\": {\"products\": 1e11}}"));
    assertThat(machine.flops().get(Work.Kind.PRODUCTS)).isEqualTo(1e11);
    assertThat(machine.flops().get(Work.Kind.COUNTS))
        .isEqualTo(Machine.USUAL.flops().get(Work.Kind.COUNTS));
    assertThat(machine.memory()).isEqualTo(Machine.USUAL.memory());
  }

  @Test
  void aClusterHasWorkersOfAllSortsAndStragglers() throws IOException {
    ClusterFile.Described cluster =
        ClusterFile.read(
            write(
                "{\"bandwidth\": \"1Gbit\", \"latency\": \"1ms\", \"cores\": 2, \"workers\":"
                    + " [{\"count\": 2, \"memory\": \"1GB\"}, {\"speed\": 0.5},"
                    + " {\"slowdown\": 4}]}"),
            Machine.USUAL);
    Cluster planned = cluster.planned();
    assertThat(planned.workers())
        .extracting(Cluster.Worker::speed)
        .containsExactly(1.0, 1.0, 0.5, 1.0);
    assertThat(cluster.real().workers())
        .extracting(Cluster.Worker::speed)
        .containsExactly(1.0, 1.0, 0.5, 0.25);
    assertThat(planned.workers().get(1).memory()).isEqualTo(1e9);
    assertThat(planned.workers().get(2).memory()).isInfinite();
    assertThat(planned.network()).isEqualTo(new Cluster.Network(125e6, 1e-3));
    assertThat(planned.cores()).isEqualTo(2);
  }

  @Test
  void workersApartReadFromASourceThatTheyShare() throws IOException {
    String text = "{\"source\": \"100Gbit\", \"workers\": [{\"count\": 2}, {\"slowdown\": 4}]}";
    ClusterFile.Described cluster = ClusterFile.read(write(text), Machine.USUAL);
    Cluster.Network network = Cluster.Network.TEN_GIGABIT.withSource(12.5e9);
    assertThat(cluster.planned().network()).isEqualTo(network);
    assertThat(cluster.real().network()).isEqualTo(network);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[1]; holds no JSON object. Maybe",
        "{workers; holds no JSON. Maybe",
        "{}; has no list of (workers). Maybe",
        "{\"workers\": []}; has no list of (workers). Maybe",
        "{\"workers\": [4]}; has (4) among its workers. Maybe",
        "{\"wrokers\": []}; has a field (wrokers) that is unknown. Maybe you meant (workers)?",
        "{\"workers\": [{\"sped\": 1}]}; (sped) that is unknown. Maybe you meant (speed)?",
        "{\"workers\": [{\"count\": 0}]}; Field (count) of cluster file",
        "{\"workers\": [{\"count\": 1.5}]}; takes a number, not (1.5). Maybe",
        "{\"workers\": [{\"speed\": -1}]}; takes a number, not (-1). Maybe",
        "{\"workers\": [{\"memory\": \"big\"}]}; takes a size, not (big). Maybe",
        "{\"workers\": [{}], \"bandwidth\": 10}; takes a bandwidth, not (10). Maybe",
        "{\"workers\": [{}], \"latency\": \"x\"}; takes a time, not (x). Maybe",
        "{\"workers\": [{}], \"source\": \"lots\"}; takes a bandwidth, not (lots). Maybe",
        "{\"workers\": [{}], \"source\": \"0Gbit\"}; Field (source) of cluster file",
        "{\"workers\": [{}], \"source\": null}; takes a bandwidth, not (null). Maybe",
        "{\"workers\": [{}], \"sorce\": \"1Gbit\"}; is unknown. Maybe you meant (source)?",
        "{\"workers\": [{}], \"source\": \"1Gbit\", \"cores\": 2}; and (cores) of one machine. Maybe"
      })
  void badClustersAreRefused(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> ClusterFile.read(file, Machine.USUAL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"row_bytes_per_second\": 0}; says (0) for (row_bytes_per_second)",
        "{\"request_seconds\": \"soon\"}; says (soon) for (request_seconds)",
        "{\"operations_per_second\": {\"counts\": -1}}; says (-1) for (counts)"
      })
  void badMachinesAreRefused(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> MachineFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("Maybe measure");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> MachineFile.read(folder.resolve("no.json")))
        .hasMessageContaining("no.json) cannot be read. Maybe");
  }
}
