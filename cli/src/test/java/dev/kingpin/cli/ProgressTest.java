package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Outcome;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final GroupKey KEY = GroupKey.of("k");
  private static final Outcome FAILED =
      new Outcome.Failed(Outcome.Reason.TOO_FEW_ROWS, "1 row, 30 are needed");

  private final AtomicLong clock = new AtomicLong(TimeUnit.DAYS.toNanos(3));

  private void pass(double seconds) {
    clock.addAndGet((long) (seconds * 1e9));
  }

  private ProgressBar bar(Screen screen, boolean quiet) {
    return new ProgressBar(screen.get(clock::get), quiet);
  }

  @Test
  void isSilentForTwoSeconds() {
    Screen screen = Screen.pipes();
    ProgressBar bar = bar(screen, false);
    bar.reading(500, 1000);
    pass(1.9);
    bar.draw();
    bar.close();
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void writesALineEveryFewSecondsToAPipe() {
    Screen screen = Screen.pipes();
    ProgressBar bar = bar(screen, false);
    bar.reading(0, 4000);
    for (int second = 1; second <= 9; second++) {
      pass(1);
      bar.reading(400L * second, 4000);
      bar.draw();
    }
    assertThat(screen.err())
        .isEqualTo(
            """
            reading [====>               ] 20%  800 of 4,000 rows  400 rows/s  8.0 s left
            reading [==============>     ] 70%  2,800 of 4,000 rows  400 rows/s  3.0 s left
            """);
  }

  @Test
  void tellsNoRateOfWhatCameAtOnce() {
    Screen screen = Screen.pipes();
    ProgressBar bar = bar(screen, false);
    bar.predicted(8192, 1_000_000);
    pass(0.001);
    bar.predicted(10_240, 1_000_000);
    pass(3);
    bar.draw();
    assertThat(screen.err())
        .isEqualTo("predicting [>                   ] 1%  10,240 of 1,000,000 rows\n");
  }

  @Test
  void redrawsOneLineOnATerminal() {
    Screen screen = Screen.terminal(40);
    ProgressBar bar = bar(screen, false);
    bar.predicted(0, -1);
    pass(3);
    bar.predicted(30_000, -1);
    bar.draw();
    pass(1);
    bar.predicted(50_000, -1);
    bar.draw();
    bar.close();
    assertThat(screen.err())
        .isEqualTo(
            "\r\u001b[Kpredicting  30,000 rows  10,000 rows/s"
                + "\r\u001b[Kpredicting  50,000 rows  12,500 rows/s"
                + "\r\u001b[K");
  }

  @Test
  void cutsLinesThatDoNotFit() {
    Screen screen = Screen.terminal(40);
    ProgressBar bar = bar(screen, false);
    bar.reading(1, 4_000_000);
    pass(3);
    bar.draw();
    assertThat(screen.err()).hasSize("\r\u001b[K".length() + 39);
  }

  @Test
  void measuresTrainingByWorkAndCountsThisRunOnly() {
    Screen screen = Screen.pipes();
    ProgressBar bar = bar(screen, false);
    bar.reading(100, 100);
    pass(1);
    bar.training(1000, 400, 9999, 8.0);
    pass(10);
    bar.groupDone(KEY, FAILED, 1.0);
    bar.groupDone(KEY, FAILED, 1.0);
    bar.draw();
    assertThat(screen.err())
        .isEqualTo(
            """
            kingpin: note: 400 of 1,000 groups are done by an earlier run.
            training [=====>              ] 25%  402 of 1,000 groups (2 failed)  0.20 groups/s  30 s left
            """);
  }

  @Test
  void familiesAreWorkButNoGroups() {
    Screen screen = Screen.terminal(120);
    ProgressBar bar = new ProgressBar(screen.get(clock::get), false);
    bar.training(1000, 0, 9999, 8.0);
    pass(10);
    bar.familyDone(GroupKey.of(), FAILED, 3.0);
    bar.groupDone(KEY, FAILED, 1.0);
    assertThat(bar.progress().share()).isEqualTo(0.5);
    assertThat(bar.progress().done()).isEqualTo(1);
  }

  @Test
  void notesStandAboveTheBar() {
    Screen screen = Screen.terminal(80);
    ProgressBar bar = bar(screen, false);
    bar.reading(1, -1);
    pass(2);
    bar.draw();
    bar.note("a date is used as hour");
    assertThat(screen.err()).endsWith("\r\u001b[Kkingpin: note: a date is used as hour\n");
    assertThat(bar.notes()).containsExactly("a date is used as hour");
  }

  @Test
  void quietIsQuiet() {
    Screen screen = Screen.terminal(80);
    ProgressBar bar = bar(screen, true);
    bar.reading(1, -1);
    pass(10);
    bar.note("kept, not shown");
    bar.draw();
    bar.close();
    assertThat(screen.err()).isEmpty();
    assertThat(bar.notes()).hasSize(1);
  }

  @Test
  void saysWhatIsKeptWhenStopped() {
    ProgressBar bar = bar(Screen.pipes(), true);
    List<String> words =
        List.of("train", "a b.csv", "--predict", "y", "--overwrite", "--out", "m.kp");
    assertThat(StopNotice.message(bar.progress(), words))
        .isEqualTo("Stopped before this run trained any group.");
    bar.training(5000, 10, 0, 1);
    bar.groupDone(KEY, FAILED, 0);
    assertThat(StopNotice.message(bar.progress(), words))
        .isEqualTo(
            "Stopped. 11 of 5,000 groups are kept; go on with: kingpin train 'a b.csv'"
                + " --predict y --out m.kp --resume");
  }
}
