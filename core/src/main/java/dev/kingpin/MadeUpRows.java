package dev.kingpin;

import dev.kingpin.data.EncodeRequest;
import dev.kingpin.data.Expression.ColumnRef;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.NamedExpression;
import dev.kingpin.kernel.Hash;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Small groups of random numbers in columns of the same kinds, and as many, as a request asks for.
 * Expressions become columns: how values are computed does not matter here.
 */
final class MadeUpRows {
  private static final int GROUPS = 20;
  private static final int ROWS_A_GROUP = 100;
  private static final int ROWS = GROUPS * ROWS_A_GROUP;
  private static final int LEVELS = 5;

  private final EncodeRequest asked;
  private final MemoryTable table = new MemoryTable("made-up rows");
  private int columns;

  MadeUpRows(EncodeRequest asked) {
    this.asked = asked;
  }

  MemoryTable table() {
    return table;
  }

  /** The request, in terms of {@link #table}; adds its columns to the table. */
  EncodeRequest encoding() {
    List<String> groupBy =
        asked.groupBy().stream().map(c -> column(i -> Math.floorDiv(i, ROWS_A_GROUP))).toList();
    NamedExpression target = asked.classes() ? named(column(draw(2))) : named(column(draw(ROWS)));
    return new EncodeRequest(
        groupBy,
        target,
        asked.classes(),
        asked.numeric().stream().map(f -> named(column(draw(ROWS)))).toList(),
        asked.categorical().stream().map(f -> named(column(draw(LEVELS)))).toList(),
        columnIf(asked.weight(), i -> 1),
        columnIf(asked.orderBy(), i -> i),
        null,
        Set.of(),
        asked.keepsOthers(),
        null);
  }

  /** Whole numbers in [0, bound), other ones in each column. */
  private IntToDoubleFunction draw(int bound) {
    long seed = columns;
    return i -> Math.floor(bound * Hash.unit(Hash.hash(seed, i)));
  }

  private @Nullable String columnIf(@Nullable String wanted, IntToDoubleFunction values) {
    return wanted == null ? null : column(values);
  }

  private String column(IntToDoubleFunction values) {
    String name = "c" + columns++;
    table.number(name, IntStream.range(0, ROWS).mapToDouble(values).toArray());
    return name;
  }

  private static NamedExpression named(String column) {
    return new NamedExpression(column, new ColumnRef(column));
  }
}
