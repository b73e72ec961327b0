package dev.kingpin.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows and columns as aligned text: a header, a rule below it, two blanks between columns. Texts
 * stand on the left, numbers on the right or aligned at their points. Where the page is too narrow,
 * the widest text columns are cut with an ellipsis; numbers are never cut.
 *
 * <pre>
 * origin  status    rows  rmse
 * ------  -------  -----  ----
 * SEA     trained  2,970  28.1
 * </pre>
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final int MIN_CUT_WIDTH = 8;

  private enum Alignment {
    LEFT,
    RIGHT,
    POINT
  }

  private record Cell(String text, Tone tone) {
    boolean isNumber() {
      return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
    }

    Cell wider(int blanks) {
      return new Cell(text + " ".repeat(blanks), tone);
    }
  }

  private final List<String> titles = new ArrayList<>();
  private final List<Alignment> alignments = new ArrayList<>();
  private final List<Cell[]> rows = new ArrayList<>();
  private int next;

  /** Adds a column of texts. */
  public TextTable texts(String title) {
    return column(title, Alignment.LEFT);
  }

  /** Adds a column of numbers with as many decimals each. */
  public TextTable numbers(String title) {
    return column(title, Alignment.RIGHT);
  }

  /** Adds a column of numbers whose decimals differ: their points stand below each other. */
  public TextTable decimals(String title) {
    return column(title, Alignment.POINT);
  }

  private TextTable column(String title, Alignment alignment) {
    titles.add(TextWidth.clean(title));
    alignments.add(alignment);
    return this;
  }

  /** Starts a row; its cells follow from the left, those that do not stay empty. */
  public TextTable row() {
    Cell[] cells = new Cell[titles.size()];
    Arrays.fill(cells, new Cell("", Tone.PLAIN));
    rows.add(cells);
    next = 0;
    return this;
  }

  /** The next cell of the row. */
  public TextTable cell(String text) {
    return cell(text, Tone.PLAIN);
  }

  /** The next cell of the row, in a tone. */
  public TextTable cell(String text, Tone tone) {
    rows.get(rows.size() - 1)[next++] = new Cell(TextWidth.clean(text), tone);
    return this;
  }

  /** The whole table; lines end with a line feed and have no blanks before it. */
  public String render(Page page) {
    List<Cell[]> lines = pointsAligned();
    int[] widths = widths(lines);
    shrink(widths, page.width());
    StringBuilder out = new StringBuilder();
    if (titles.stream().anyMatch(t -> !t.isEmpty())) {
      Cell[] header = titles.stream().map(t -> new Cell(t, Tone.STRONG)).toArray(Cell[]::new);
      Cell[] rule = new Cell[widths.length];
      Arrays.setAll(
          rule, c -> new Cell("-".repeat(titles.get(c).isEmpty() ? 0 : widths[c]), Tone.FAINT));
      line(out, header, widths, page.paint());
      line(out, rule, widths, page.paint());
    }
    lines.forEach(cells -> line(out, cells, widths, page.paint()));
    return out.toString();
  }

  /** The rows, with blanks behind numbers that have fewer decimals than others of their column. */
  private List<Cell[]> pointsAligned() {
    List<Cell[]> lines = rows.stream().map(Cell[]::clone).toList();
    for (int c = 0; c < titles.size(); c++) {
      int column = c;
      int most = lines.stream().mapToInt(l -> afterPoint(l[column].text())).max().orElse(0);
      if (alignments.get(c) == Alignment.POINT && most > 0) {
        lines.stream()
            .filter(l -> l[column].isNumber())
            .forEach(l -> l[column] = l[column].wider(most - afterPoint(l[column].text())));
      }
    }
    return lines;
  }

  /** Width of what stands from the point on. */
  private static int afterPoint(String number) {
    int point = number.indexOf('.');
    return point < 0 ? 0 : number.length() - point;
  }

  private int[] widths(List<Cell[]> lines) {
    int[] widths = titles.stream().mapToInt(TextWidth::of).toArray();
    for (Cell[] line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], TextWidth.of(line[c].text()));
      }
    }
    return widths;
  }

  private void shrink(int[] widths, int width) {
    int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - width;
    while (excess > 0) {
      int widest = -1;
      for (int c = 0; c < widths.length; c++) {
        if (alignments.get(c) == Alignment.LEFT
            && widths[c] > MIN_CUT_WIDTH
            && (widest < 0 || widths[c] >= widths[widest])) {
          widest = c;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      excess--;
    }
  }

  private void line(StringBuilder out, Cell[] cells, int[] widths, Paint paint) {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (int c = 0; c < cells.length; c++) {
      String text = TextWidth.cut(cells[c].text(), widths[c]);
      int fill = widths[c] - TextWidth.of(text);
      boolean right = alignments.get(c) != Alignment.LEFT;
      blanks += right ? fill : 0;
      if (!text.isEmpty()) {
        line.append(" ".repeat(blanks)).append(paint.apply(cells[c].tone(), text));
        blanks = 0;
      }
      blanks += (right ? 0 : fill) + GAP.length();
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
