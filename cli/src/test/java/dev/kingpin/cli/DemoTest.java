package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void showsTheCommandsAtWork() {
    Screen screen = Screen.pipes();
    int code = Main.run(screen.get(), "demo", "--out", folder.resolve("demo").toString());

    assertThat(code).as(screen.err()).isZero();
    assertThat(screen.out())
        .contains("$ kingpin train ")
        .contains("delay by origin: a linear model for each of 228 groups of flights.parquet")
        .contains("$ kingpin show ")
        .contains("What to try next:");
    assertThat(folder.resolve("demo/scored.csv")).exists();
    assertThat(folder.resolve("demo/delay.kp")).exists();
  }

  @Test
  void saysWhereItLooksForTheFlights() {
    Screen screen = Screen.pipes(Map.of("KINGPIN_HOME", folder.toString()));
    int code = Main.run(screen.get(), "demo", "--out", folder.toString());
    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(screen.err()).contains(folder.toString()).contains("Maybe set KINGPIN_HOME");
  }
}
