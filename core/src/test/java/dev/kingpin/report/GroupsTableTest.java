package dev.kingpin.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.Column;
import dev.kingpin.data.RowWriter;
import dev.kingpin.learner.Outcome;
import dev.kingpin.store.TrainedGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupsTableTest {
  private static final class Kept implements RowWriter {
    private int rows;
    private @Nullable Object[] values = {};
    private boolean finished;

    @Override
    public void append(int count, @Nullable Object[] arrays) {
      rows += count;
      values = arrays;
    }

    @Override
    public void finish() {
      finished = true;
    }

    @Override
    public void close() {}
  }

  @Test
  void writesARowAGroup() {
    List<TrainedGroup> groups =
        List.of(
            Runs.trained("A", 500, 1, 10, 9.0, 5.0, 13.0),
            Runs.failed("B", 3, Outcome.Reason.NO_FIT, "overflow"));
    GroupsTable table =
        new GroupsTable(GroupsReport.of(Runs.header("Rows"), groups, GroupsView.ALL));
    Kept kept = new Kept();
    table.write(kept);

    assertThat(table.columns().stream().map(Column::name))
        .containsExactly(
            "Rows",
            "status",
            "model_rows",
            "validation_rows",
            "skipped_rows",
            "winner",
            "metric",
            "constant_metric",
            "parent_metric",
            "global_metric",
            "gain",
            "best",
            "model_level",
            "reason",
            "message");
    assertThat(kept.finished).isTrue();
    assertThat(kept.rows).isEqualTo(2);
    assertThat((String[]) kept.values[0]).containsExactly("A", "B");
    assertThat((double[]) kept.values[6]).containsExactly(5.0, Double.NaN);
    assertThat((String[]) kept.values[12]).containsExactly("group", "none");
    assertThat((String[]) kept.values[13]).containsExactly(null, "no_fit");
  }
}
