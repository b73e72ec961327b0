package dev.kingpin.cli;

import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Setting;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Help with options as people type them ({@code --predict COLUMN}, without an equals sign), and in
 * parts: each class of words is a part with a title.
 */
final class HelpText extends Help {
  private static final Map<Class<?>, String> TITLES =
      Map.of(
          TargetWords.class, "What is trained",
          SearchWords.class, "What is tried in each group",
          AnswerWords.class, "Who answers",
          PlaceWords.class, "Where the models go",
          WorkloadWords.class, "Groups that are made up",
          ClusterWords.class, "On what it is planned",
          MachineWords.class, "How it runs");

  private static final int SETTING_WIDTH = 26;
  private static final int INDENT = 6;

  HelpText(CommandSpec command, ColorScheme colors) {
    super(command, colors);
  }

  @Override
  public String optionList() {
    Map<String, List<OptionSpec>> parts = new LinkedHashMap<>();
    for (OptionSpec option : commandSpec().options()) {
      parts.computeIfAbsent(title(option), t -> new ArrayList<>()).add(option);
    }
    StringBuilder text = new StringBuilder();
    parts.forEach(
        (title, options) -> {
          Layout layout = createDefaultLayout();
          layout.addOptions(options, parameterLabelRenderer());
          text.append(text.length() > 0 ? "\n" : "");
          text.append(title.isEmpty() ? "" : colorScheme().text("@|bold " + title + ":|@\n"));
          text.append(layout);
          if (title.equals(TITLES.get(SearchWords.class))) {
            text.append(settings());
          }
        });
    return text.toString();
  }

  /** What {@code --grid} can name, for each learner. */
  private String settings() {
    StringBuilder text = new StringBuilder();
    for (Learner learner : Learners.all()) {
      text.append("\n")
          .append(colorScheme().text("@|bold Settings of " + learner.name() + ", for --grid:|@\n"));
      Column name = new Column(SETTING_WIDTH, INDENT, Column.Overflow.SPAN);
      Column meaning =
          new Column(commandSpec().usageMessage().width() - SETTING_WIDTH, 1, Column.Overflow.WRAP);
      TextTable table = TextTable.forColumns(colorScheme(), name, meaning);
      learner.settings().forEach(s -> table.addRowValues(s.name(), s.meaning() + ". " + values(s)));
      text.append(table);
    }
    return text.toString();
  }

  private static String values(Setting setting) {
    if (!setting.words().isEmpty()) {
      return "One of " + String.join(", ", setting.words()) + "; usually " + tried(setting) + ".";
    }
    return "Usually " + tried(setting) + ".";
  }

  private static String tried(Setting setting) {
    return String.join(", ", setting.defaults());
  }

  /** The title of the class that the option is a field of; empty for those of the command. */
  private static String title(OptionSpec option) {
    return option.userObject() instanceof Field field
        ? TITLES.getOrDefault(field.getDeclaringClass(), "")
        : "";
  }

  @Override
  public IParamLabelRenderer parameterLabelRenderer() {
    return new IParamLabelRenderer() {
      @Override
      public Ansi.Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<Ansi.IStyle> styles) {
        boolean option = argument instanceof OptionSpec;
        boolean flag = argument.arity().max() == 0;
        return colorScheme().parameterText(flag ? "" : (option ? " " : "") + argument.paramLabel());
      }

      @Override
      public String separator() {
        return "";
      }
    };
  }
}
