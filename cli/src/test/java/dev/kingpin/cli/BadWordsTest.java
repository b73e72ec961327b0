package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Words that cannot be used: one line each, with advice, and exit code 2. */
class BadWordsTest {
  private static final String TRAIN = "train no.csv --predict y --group-by g --out m.kp ";

  private static final String EXPLAIN = "explain no.csv --predict y --group-by g ";
  private static final String SIMULATE = "simulate --workers 2 ";

  static Stream<Arguments> words() {
    return Stream.of(
        // commands and options
        bad("trian", "There is no command (trian). Maybe you meant (train)?"),
        bad("pred", "There is no command (pred). Maybe you meant (predict)?"),
        bad("xyz", "There is no command (xyz). Maybe see: kingpin --help"),
        bad("help grops", "There is no command (grops). Maybe you meant (groups)?"),
        bad("--bogus", "There is no option (--bogus). Maybe see: kingpin --help"),
        bad("train --predcit=y", "There is no option (--predcit). Maybe you meant (--predict)?"),
        bad("train a.csv b.csv", "One word too many: (b.csv). Maybe a name with blanks"),
        bad(TRAIN + "--seed 1 --seed 2", "--seed N is given twice. Maybe remove one of them."),
        // what is missing
        bad(
            "train",
            "train needs TABLE, --predict COLUMN, --group-by A,B and --out MODELS.kp. Maybe see:"),
        bad("train a.csv --predict y --group-by g", "train needs --out MODELS.kp. Maybe see:"),
        bad("train a.csv --predict y --out", "--out takes a value: MODELS.kp. Maybe see:"),
        bad("groups", "groups needs MODELS.kp. Maybe see: kingpin groups --help"),
        bad("show m.kp", "show needs KEY. Maybe see: kingpin show --help"),
        bad("predict m.kp a.csv", "predict needs --out FILE. Maybe see:"),
        // values
        bad(TRAIN + "--threads two", "--threads N takes a whole number, not (two). Maybe write"),
        bad(TRAIN + "--threads 0", "Cannot run on (0) threads. Maybe"),
        bad(TRAIN + "--min-rows 1", "Groups of (1) rows cannot be split. Maybe"),
        bad(TRAIN + "--max-groups 0", "At most (0) groups leaves none. Maybe"),
        bad(TRAIN + "--memory lots", "--memory takes a size, not (lots). Maybe write"),
        bad(TRAIN + "--max-failed 1.5", "--max-failed takes a number of groups or percents"),
        bad(TRAIN + "--max-failed 101%", "not (101%). Maybe write 10 or 5%."),
        bad(TRAIN + "--grid l2", "Grid (l2) is not understood. Maybe write --grid l2=0.1,1."),
        bad(TRAIN + "--grid l2=1,,2", "Grid (l2=1,,2) is not understood. Maybe"),
        bad(TRAIN + "--grid l2=1 --grid l2=2", "Setting (l2) has two grids. Maybe"),
        bad(TRAIN + "--validate folds", "Validation (folds) is not understood. Maybe"),
        bad(
            TRAIN + "--task regresion",
            "Task (regresion) is unknown. Maybe you meant (regression)"),
        bad(
            TRAIN + "--metric mse9",
            "Metric (mse9) is unknown. Maybe use rmse, mae, r2 (regression)"),
        bad(TRAIN + "--metric logloss", "Metric (logloss) is unknown. Maybe you meant (log_loss)?"),
        bad(TRAIN + "--search rnadom:5", "(rnadom:5) is not understood. Maybe you meant (random:"),
        bad(TRAIN + "--search random", "Search (random) is not understood. Maybe use grid or"),
        bad(TRAIN + "--search random:0", "A search of (0) configs finds nothing. Maybe"),
        bad(TRAIN + "--validate fold:5", "(fold:5) is not understood. Maybe you meant (folds:5)?"),
        bad(TRAIN + "--validate folds:1", "Validation with (1.0) folds is not possible. Maybe"),
        bad(TRAIN + "--validate last:0.2", "needs to know which rows are the last. Maybe"),
        bad(TRAIN + "--order-by t", "Column (t) orders rows, but validation (holdout:0.2)"),
        bad(TRAIN + "--fallback parnt", "Fallback (parnt) is not understood. Maybe you meant (par"),
        bad(TRAIN + "--fallback x", "Maybe use one of these: parent, global, none, fail."),
        bad(TRAIN + "--answer-with bets", "(bets) is not understood. Maybe you meant (best)?"),
        bad(TRAIN + "--answer-with best --fallback none", "trains no parents. Maybe use fallback"),
        bad(TRAIN + "--format xml", "Format (xml) is unknown. Maybe use text or json."),
        bad(
            TRAIN + "--group-by h --only 1",
            "Group (1) has 1 of 2 values: groups are made by (g,h). Maybe write a value for each,"
                + " divided by commas, or see its parent with kingpin show --family 1."),
        bad(
            "train no.csv --predict y --group-by g --out m.csv",
            "Models go to a .kp file, not to a table (m.csv). Maybe use --out models.kp."),
        bad("groups m.kp --status faild", "Status (faild) is unknown. Maybe you meant (failed)?"),
        bad(
            "groups m.kp --sort size",
            "Sort order (size) is unknown. Maybe use one of these: rows"),
        bad("groups m.kp --limit -1", "Cannot list (-1) groups. Maybe"),
        // plans
        bad("explain", "explain needs TABLE, --predict COLUMN, --group-by A,B. Maybe see:"),
        bad(EXPLAIN + "--workers 0", "Cannot plan for (0) workers. Maybe use --workers 4."),
        bad(EXPLAIN + "--workers few", "--workers N takes a whole number, not (few)."),
        bad(
            EXPLAIN + "--workers 2 --strategy gpt",
            "Strategy (gpt) is unknown. Maybe you meant (gtp)?"),
        bad(EXPLAIN + "--strategy gl", "--strategy (gl) is for workers that share nothing. Maybe"),
        bad(EXPLAIN + "--network 1Gbit", "--network (1Gbit) is for workers that share nothing."),
        bad(EXPLAIN + "--source-network 1Gbit", "--source-network (1Gbit) is for workers that sh"),
        bad(EXPLAIN + "--workers 2 --source-network 1", "--source-network takes a bandwidth, not"),
        bad(EXPLAIN + "--workers 2 --source-network 0bit", "bandwidth, not (0bit). Maybe"),
        bad(EXPLAIN + "--workers 2 --source 1Gbit", "(--source). Maybe you meant (--source-ne"),
        bad(EXPLAIN + "--cluster c.json --source-network 1Gbit", "(1Gbit) says already what --cl"),
        bad(EXPLAIN + "--workers 2 --network 1", "--network takes a bandwidth, not (1). Maybe"),
        bad(EXPLAIN + "--workers 2 --latency 1", "--latency takes a time, not (1). Maybe"),
        bad(EXPLAIN + "--workers 2 --worker-memory x", "--worker-memory takes a size, not (x)."),
        bad(EXPLAIN + "--workers 2 --cluster c.json", "--workers (2) says already what --cluster"),
        bad(EXPLAIN + "--cluster no.json", "Cluster file (no.json) cannot be read. Maybe"),
        bad(EXPLAIN + "--machine no.json", "Machine file (no.json) cannot be read. Maybe"),
        bad(EXPLAIN, "(no.csv). Maybe"),
        bad(TRAIN + "--workers 0", "Cannot train on (0) workers. Maybe use --workers 4."),
        bad(TRAIN + "--workers -3", "Cannot train on (-3) workers. Maybe"),
        bad(TRAIN + "--workers few", "--workers N takes a whole number, not (few)."),
        bad(TRAIN + "--workers 100000", "Cannot run (100000) workers on one machine, at most 64."),
        bad(TRAIN + "--workers 2 --strategy gpt", "(gpt) is unknown. Maybe you meant (gtp)?"),
        bad(TRAIN + "--strategy gl", "--strategy (gl) is for workers that share nothing. Maybe a"),
        bad(TRAIN + "--strategy auto", "--strategy (auto) is for workers that share nothing."),
        bad(TRAIN + "--strategy gtp", "--strategy (gtp) is for workers that share nothing."),
        bad(
            TRAIN + "--strategy gtp-fifo",
            "--strategy (gtp-fifo) is for workers that share nothing."),
        bad(TRAIN + "--strategy mtp", "--strategy (mtp) is for workers that share nothing."),
        bad(TRAIN + "--strategy dp", "--strategy (dp) is for workers that share nothing."),
        bad(TRAIN + "--strategy sp", "--strategy (sp) is for workers that share nothing."),
        bad(TRAIN + "--strategy mop", "--strategy (mop) is for workers that share nothing."),
        bad(
            TRAIN + "--strategy gl-equal",
            "--strategy (gl-equal) is for workers that share nothing."),
        bad(EXPLAIN + "--strategy auto", "--strategy (auto) is for workers that share nothing."),
        bad(TRAIN + "--strategy gpt", "Strategy (gpt) is unknown. Maybe you meant (gtp)?"),
        bad(TRAIN + "--worker-memory 1GB", "--worker-memory (1GB) is for workers that share noth"),
        bad(TRAIN + "--network 1Gbit", "--network (1Gbit) is for workers that share nothing."),
        bad(TRAIN + "--source-network 1Gbit", "--source-network (1Gbit) is for workers that shar"),
        bad(TRAIN + "--machine m.json", "--machine (m.json) is for workers that share nothing, or"),
        bad(TRAIN + "--workers 2 --worker-memory x", "--worker-memory takes a size, not (x)."),
        bad(TRAIN + "--cluster c.json", "--cluster (c.json) describes other machines. Maybe use"),
        bad(EXPLAIN + "--analyze --workers 0", "Cannot train on (0) workers. Maybe"),
        bad(EXPLAIN + "--analyze --workers 65", "Cannot run (65) workers on one machine, at m"),
        bad(EXPLAIN + "--analyze --cluster c.json", "--cluster (c.json) describes other machines."),
        bad(EXPLAIN + "--analyze --strategy gl", "--strategy (gl) is for workers that share noth"),
        bad(EXPLAIN + "--analyze --out m.kp", "There is no option (--out). Maybe"),
        bad(EXPLAIN + "--analyze", "(no.csv). Maybe"),
        bad(TRAIN + "--analyze=yes", "--analyze takes no value. Maybe leave (=yes) out."),
        bad(TRAIN + "--analyze --machine no.json", "Machine file (no.json) cannot be read. Maybe"),
        bad(SIMULATE + "--analyze", "There is no option (--analyze). Maybe see: kingpin simulate"),
        bad("simulate --groups 10", "simulate needs --workers N or --cluster FILE. Maybe see:"),
        bad("simulate no.csv --workers 2", "needs --predict COLUMN and --group-by A,B with a tab"),
        bad(SIMULATE + "--groups 0", "Cannot make up (0) groups. Maybe use --groups 1000."),
        bad(SIMULATE + "--groups 10 --rows 5", "(5.0) rows cannot make 10 groups. Maybe"),
        bad(SIMULATE + "--zipf -1", "Sizes by (-1.0) are no Zipf law. Maybe use --zipf 1"),
        bad(SIMULATE + "--features 0", "Cannot learn from (0) features. Maybe"),
        bad(SIMULATE + "--predict y", "--predict COLUMN is about a table, but none is named. M"),
        bad(SIMULATE + "--strategy mop", "Strategy (mop) cannot run this: only chains whose"),
        bad(SIMULATE + "--source-network x", "--source-network takes a bandwidth, not (x). Maybe"),
        bad(SIMULATE + "--worker-memory 1kB", "Worker 0 has memory for (1000) bytes, but a row b"),
        bad(
            "simulate no.csv --predict y --group-by g --workers 2 --rows 5",
            "--rows N makes up groups, but (no.csv) has some. Maybe leave it out."),
        bad("machine", "There is no folder for caches: neither XDG_CACHE_HOME nor HOME is set."),
        // files
        bad(TRAIN, "(no.csv). Maybe"),
        bad("groups no.kp", "(no.kp)"),
        bad("show no.kp A", "(no.kp)"),
        bad("predict no.kp a.csv --out b.csv", "(no.kp)"));
  }

  private static Arguments bad(String words, String message) {
    return Arguments.of(List.of(words.strip().split(" ")), message);
  }

  @ParameterizedTest
  @MethodSource("words")
  void areRefusedInOneLine(List<String> words, String message) {
    Screen screen = Screen.pipes();
    int code = Main.run(screen.get(), words.toArray(String[]::new));

    assertThat(screen.err().lines()).hasSize(1);
    assertThat(screen.err()).startsWith("kingpin: ").contains(message);
    assertThat(screen.err().split("Maybe", -1)).hasSize(2);
    assertThat(screen.out()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void nobodyCanBeQuietAndTell() {
    Screen screen = Screen.pipes();
    int code = Main.run(screen.get(), (TRAIN + "--analyze --quiet").split(" "));
    assertThat(screen.err()).contains("--analyze tells what --quiet keeps for itself. Maybe leave");
    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
  }

  @ParameterizedTest
  @MethodSource("words")
  void areRefusedAsJson(List<String> words, String message) {
    Screen screen = Screen.pipes();
    String[] more = Arrays.copyOf(words.toArray(String[]::new), words.size() + 1);
    if (words.contains("--format") || words.contains("help")) {
      return;
    }
    more[words.size()] = "--format=json";
    Main.run(screen.get(), more);

    JsonNode error = new ObjectMapper().readTree(screen.err());
    assertThat(error.at("/error").asString()).contains("Maybe");
    assertThat(screen.out()).isEmpty();
  }

  @Test
  void helpIsNoError() {
    Screen screen = Screen.pipes();
    assertThat(Main.run(screen.get())).isZero();
    assertThat(Main.run(screen.get(), "--help")).isZero();
    assertThat(Main.run(screen.get(), "help", "train")).isZero();
    assertThat(Main.run(screen.get(), "predict", "--help")).isZero();
    assertThat(Main.run(screen.get(), "--version")).isZero();
    assertThat(screen.err()).isEmpty();
    assertThat(screen.out())
        .contains("Usage: kingpin train TABLE --predict COLUMN")
        .contains("What is trained:\n      --predict COLUMN ")
        .contains("Settings of linear, for --grid:\n      l1 ")
        .contains("Who answers:\n      --fallback WHO ")
        .contains("--format text|json")
        .contains("kingpin 0.");
  }
}
