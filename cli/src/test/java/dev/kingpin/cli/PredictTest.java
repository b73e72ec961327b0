package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.cli.Shell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every row of a prediction says who answered. */
class PredictTest {
  private static final String TRAIN =
      "train @sales.csv --predict amount --group-by country,store --from x,day --grid l2=0,0.1"
          + " --out @m.kp --quiet ";

  @TempDir private Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void writeTables() throws IOException {
    shell = new Shell(folder);
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(List.of("country,store,x,day,amount,size"));
    for (int i = 0; i < 200; i++) {
      double x = random.nextInt(1000) / 100.0;
      int day = i % 7;
      String size = x < 3 ? "S" : x < 7 ? "M" : "L";
      lines.add("US,007," + x + "," + day + "," + (3 * x + day) + "," + size);
      lines.add("US,flat," + x + "," + day + ",12.5," + size);
      lines.add("DE,1," + x + "," + day + "," + (5 - x + random.nextInt(3)) + "," + size);
      if (i < 3) {
        lines.add("US,few," + x + "," + day + "," + x + "," + size);
        lines.add("FR,few," + x + "," + day + "," + x + "," + size);
      }
    }
    shell.write("sales.csv", lines);
    shell.write(
        "new.csv",
        List.of(
            "id,country,store,x,day,amount",
            "01,US,007,2,1,7.5",
            "02,US,7,2,1,",
            "03,US,few,2,1,",
            "04,US,flat,2,1,",
            "05,FR,few,2,1,",
            "06,,,2,1,"));
  }

  @Test
  void theNearestFamilyAnswersWhereAGroupCannot() throws IOException {
    assertThat(shell.line(TRAIN).code()).isZero();
    Answer predict = shell.line("predict @m.kp @new.csv --out @scored.csv");
    assertThat(predict.code()).as(predict.err()).isZero();
    assertThat(predict.out())
        .startsWith("Predicted 6 rows in ")
        .containsPattern("group +2 +answered by the model of their group\n")
        .containsPattern("parent +2 +answered by the model of a parent\n")
        .containsPattern("global +2 +answered by the model of all rows\n")
        .containsPattern("unseen +2 +of groups that were not in the training table\n")
        .containsPattern("rmse +0\\.500 +over the answered rows that have a target\n");
    assertThat(predict.err()).startsWith("kingpin: warning: 33.3% of the rows belong to groups");
    List<String> rows = shell.read("scored.csv");
    assertThat(rows.get(0))
        .isEqualTo("id,country,store,x,day,amount,predicted_amount,model_group,model_level");
    assertThat(rows.get(1)).startsWith("01,US,007,2,1,7.5,").endsWith(",\"US,007\",group");
    assertThat(rows.get(2)).endsWith(",US,parent");
    assertThat(rows.get(3)).endsWith(",US,parent");
    assertThat(rows.get(4)).isEqualTo("04,US,flat,2,1,,12.5,\"US,flat\",group");
    assertThat(rows.get(5)).endsWith(",,global");
    assertThat(rows.get(6)).endsWith(",,global");
  }

  @Test
  void nobodyAnswersIfSoAskedFor() throws IOException {
    shell.line(TRAIN + "--fallback none");
    Answer predict = shell.line("predict @m.kp @new.csv --out @scored.csv --format json");
    JsonNode json = predict.json();
    assertThat(json.at("/answered").asInt()).isEqualTo(2);
    assertThat(json.at("/answered_by_parent").asInt()).isZero();
    assertThat(json.at("/unanswered_rows").asInt()).isEqualTo(4);
    assertThat(json.at("/unseen_rows").asInt()).isEqualTo(2);
    assertThat(json.at("/warnings")).hasSize(1);
    assertThat(shell.read("scored.csv").get(3)).isEqualTo("03,US,few,2,1,,,,none");
  }

  @Test
  void aGroupThatNobodyAnswersForIsAnErrorIfSoAskedFor() {
    assertThat(shell.line(TRAIN + "--fallback fail").code()).isEqualTo(ExitCode.LOST_GROUPS);
    Answer predict = shell.line("predict @m.kp @new.csv --out @scored.csv");
    assertThat(predict.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(predict.err())
        .contains("Nobody answers for group (US,7): it was not in the training table. Maybe leave");
    assertThat(folder.resolve("scored.csv")).doesNotExist();
    Answer some =
        shell.kingpin(
            "predict", "@m.kp", "@new.csv", "--out", "@scored.csv", "--where", "store = '007'");
    assertThat(some.code()).as(some.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"csv", "parquet"})
  void rowsThatDoNotMeetTheConditionAreLeftOut(String format) throws IOException {
    shell.line(TRAIN);
    String[] words = {
      "predict",
      "@m.kp",
      "@new.csv",
      "--where",
      "x = 2 AND store LIKE 'f%'",
      "--out",
      "@s." + format
    };
    Answer predict = shell.kingpin(words);
    assertThat(predict.out()).as(predict.err()).startsWith("Predicted 3 rows in ");
    if (format.equals("csv")) {
      assertThat(shell.read("s.csv"))
          .hasSize(4)
          .element(1)
          .asString()
          .startsWith("03,US,few,2,1,,");
      assertThat(shell.read("s.csv").get(3)).startsWith("05,FR,few,2,1,,").endsWith(",,global");
    }
    words[4] = "y = 2";
    assertThat(shell.kingpin(words).err())
        .contains("The condition (y = 2) does not fit new.csv")
        .contains("Maybe");
  }

  @Test
  void severalClassesHaveAColumnEach() throws IOException {
    Answer train =
        shell.line(
            "train @sales.csv --predict size --group-by country --from x,day --grid l2=0.001"
                + " --out @s.kp --quiet");
    assertThat(train.code()).as(train.err()).isZero();
    Answer predict = shell.line("predict @s.kp @sales.csv --out @scored.csv");
    assertThat(predict.out()).containsPattern("log_loss +0\\.\\d+ +over the answered rows");
    List<String> rows = shell.read("scored.csv");
    assertThat(rows.get(0))
        .endsWith(
            ",size,predicted_size,predicted_size_L,predicted_size_M,predicted_size_S,model_group"
                + ",model_level");
    int right = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      double large = Double.parseDouble(cells[7]);
      double middle = Double.parseDouble(cells[8]);
      double small = Double.parseDouble(cells[9]);
      assertThat(large + middle + small).isBetween(1 - 1e-9, 1 + 1e-9);
      String best = small > Math.max(middle, large) ? "S" : middle > large ? "M" : "L";
      assertThat(cells[6]).isEqualTo(best);
      right += cells[6].equals(cells[5]) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(9 * rows.size() / 10);
  }

  @ParameterizedTest
  @CsvSource({"mae", "r2", "rmse"})
  void theJudgementIsByTheMetricOfTheRun(String metric) {
    shell.line(TRAIN + "--metric " + metric);
    Answer predict = shell.line("predict @m.kp @sales.csv --out @scored.csv --format json");
    assertThat(predict.json().at("/metric_name").asString()).isEqualTo(metric);
    double value = predict.json().at("/metric").asDouble();
    assertThat(metric.equals("r2") ? 1 - value : value).isBetween(0.0, 1.0);
  }
}
