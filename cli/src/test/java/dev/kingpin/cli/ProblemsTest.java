package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void aDefectLeavesItsTraceInAFile() throws IOException {
    Screen screen = Screen.pipes();
    int code = new Problems(screen.get()).handle(new IllegalStateException("wrong turn\nsecond"));

    assertThat(code).isEqualTo(ExitCode.DEFECT);
    assertThat(screen.err().lines()).hasSize(1);
    assertThat(screen.err())
        .startsWith("kingpin: This is a defect of Kingpin, not of your data")
        .contains("(java.lang.IllegalStateException: wrong turn)");
    Matcher file = Pattern.compile("trace is in (\\S+)\\. Maybe").matcher(screen.err());
    assertThat(file.find()).isTrue();
    Path trace = Path.of(file.group(1));
    assertThat(trace).content().contains("at dev.kingpin.cli.ProblemsTest");
    Files.delete(trace);
  }

  @Test
  void lackOfMemoryIsNoDefect() {
    Screen screen = Screen.pipes();
    assertThat(new Problems(screen.get()).handle(new OutOfMemoryError("heap"))).isEqualTo(70);
    assertThat(screen.err()).contains("ran out of memory").contains("Maybe");
  }

  @Test
  void coloursAreForTerminalsWhoseUserWantsThem() {
    assertThat(Screen.pipes().get().paint()).hasToString("NONE");
    assertThat(Screen.terminal(100).get().paint()).hasToString("ANSI");
    assertThat(Screen.terminal(100).get().page().width()).isEqualTo(100);
    assertThat(Screen.terminal(java.util.Map.of("NO_COLOR", "1")).get().paint())
        .hasToString("NONE");
    assertThat(Screen.terminal(java.util.Map.of("TERM", "dumb")).get().paint()).hasToString("NONE");
  }
}
