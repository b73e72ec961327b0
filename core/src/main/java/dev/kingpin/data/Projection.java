package dev.kingpin.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns a request needs of a source, and where they stand in a chunk. */
final class Projection {
  private final EncodeRequest request;
  private final ScanRequest scan;
  private final List<Evaluator> numeric = new ArrayList<>();
  private final @Nullable Evaluator target; // null if the target is a category column

  Projection(EncodeRequest request) {
    this.request = request;
    scan = scanRequest();
    for (NamedExpression feature : request.numeric()) {
      numeric.add(Evaluator.of(feature.expression(), scan.numbers()));
    }
    target =
        targetIsCategory() ? null : Evaluator.of(request.target().expression(), scan.numbers());
  }

  private ScanRequest scanRequest() {
    Set<String> numbers = new LinkedHashSet<>();
    request.numeric().forEach(f -> f.expression().collectColumns(numbers));
    List<String> categories = new ArrayList<>(request.groupBy());
    request.categorical().forEach(f -> categories.add(columnOf(f)));
    if (targetIsCategory()) {
      categories.add(columnOf(request.target()));
    } else {
      request.target().expression().collectColumns(numbers);
    }
    if (request.weight() != null) {
      numbers.add(request.weight());
    }
    if (request.orderBy() != null) {
      numbers.add(request.orderBy());
    }
    return new ScanRequest(List.copyOf(numbers), categories, request.where());
  }

  /** The column that a category is read from as it is. */
  static String columnOf(NamedExpression category) {
    return ((Expression.ColumnRef) category.expression()).name();
  }

  boolean targetIsCategory() {
    return request.classes() && !request.target().expression().isComparison();
  }

  /** What the source is asked for: keys, categories, the target if it is one; all numbers. */
  ScanRequest scan() {
    return scan;
  }

  int keys() {
    return request.groupBy().size();
  }

  /** Where a categorical feature stands among the category columns. */
  int category(int feature) {
    return keys() + feature;
  }

  /** Where the target stands among the category columns, if it is one. */
  int targetCategory() {
    return scan.categories().size() - 1;
  }

  /** Values of a numeric feature, in an array that the next call may fill anew. */
  double[] numeric(int feature, Chunk chunk) {
    return numeric.get(feature).values(chunk);
  }

  /** Values of a column of numbers as they are. */
  double[] numbers(String column, Chunk chunk) {
    return chunk.number(scan.numbers().indexOf(column));
  }

  /** Writes the targets of some rows: classes by their codes, NaN where missing. */
  void target(Chunk chunk, int from, int count, double[] to, int at) {
    if (target != null) {
      System.arraycopy(target.values(chunk), from, to, at, count);
      return;
    }
    int[] codes = chunk.code(targetCategory());
    for (int i = 0; i < count; i++) {
      int code = codes[from + i];
      to[at + i] = code == Dictionary.NULL ? Double.NaN : code;
    }
  }
}
