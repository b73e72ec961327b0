package dev.kingpin.store;

import dev.kingpin.data.Dictionary;
import dev.kingpin.data.ExpressionParser;
import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Task;
import dev.kingpin.query.AnswerWith;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.Search;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The header of an artifact as JSON; equal headers give equal bytes. */
final class HeaderCodec {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HeaderCodec() {}

  // ---------------------------------------------------------------- write

  static byte[] bytes(RunHeader header) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("kingpin_version", header.kingpinVersion());
    root.put("source", header.source());
    root.put("source_rows", header.sourceRows());
    root.put("data_hash", Long.toHexString(header.dataHash()));
    root.put("query", query(header.query()));
    root.put("task", header.task().name());
    root.put("metric", header.metric().label());
    root.put("target", target(header.target()));
    root.put("features", features(header.features()));
    root.put("families", header.families());
    root.put("configs", header.configs().stream().map(Config::settings).toList());
    root.put("combinations", header.combinations());
    return JSON.writeValueAsBytes(root);
  }

  private static Map<String, Object> query(TrainQuery query) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("group_by", query.groupBy());
    map.put("predict", query.predict());
    map.put("from", query.from());
    map.put("categorical", query.categorical());
    map.put("weight", query.weight());
    map.put("where", query.where());
    map.put("task", query.task() == null ? null : query.task().name());
    map.put("learner", query.learner());
    map.put("grid", query.grid());
    map.put("search", query.search().toString());
    map.put("validation", query.validation().toString());
    map.put("order_by", query.orderBy());
    map.put("metric", query.metric() == null ? null : query.metric().label());
    map.put("inference", query.inference());
    map.put("refit", query.refit());
    map.put("fallback", query.fallback().name());
    map.put("answer_with", query.answerWith().name());
    map.put("only", query.only().stream().map(GroupKey::values).toList());
    map.put("min_rows", query.minRows());
    map.put("max_groups", query.maxGroups());
    map.put("seed", query.seed());
    return map;
  }

  private static Map<String, Object> target(TargetInfo target) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", target.name());
    map.put("expression", target.expression().toString());
    map.put("offset", target.offset());
    map.put("classes", target.classes());
    return map;
  }

  private static Map<String, Object> features(Features features) {
    List<Object> numeric = new ArrayList<>();
    for (Feature.Numeric feature : features.numeric()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", feature.name());
      map.put("expression", feature.expression().toString());
      map.put("offset", feature.offset());
      numeric.add(map);
    }
    List<Object> categorical = new ArrayList<>();
    for (Feature.Categorical feature : features.categorical()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", feature.name());
      map.put("column", feature.column());
      map.put("values", feature.dictionary().values());
      categorical.add(map);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("numeric", numeric);
    map.put("categorical", categorical);
    return map;
  }

  // ---------------------------------------------------------------- read

  static RunHeader header(byte[] bytes) {
    try {
      JsonNode root = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      return new RunHeader(
          root.required("kingpin_version").asString(),
          root.required("source").asString(),
          query(root.required("query")),
          Task.valueOf(root.required("task").asString()),
          Metric.of(root.required("metric").asString()),
          features(root.required("features")),
          target(root.required("target")),
          root.required("families").asInt(),
          configs(root.required("configs")),
          root.required("combinations").asInt(),
          root.required("source_rows").asLong(),
          Long.parseUnsignedLong(root.required("data_hash").asString(), 16));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new InputException(
          "The header of the artifact cannot be read. Maybe it was written by a newer version of"
              + " Kingpin.",
          e);
    }
  }

  private static TrainQuery query(JsonNode node) {
    Map<String, List<String>> grid = new LinkedHashMap<>();
    node.required("grid").properties().forEach(e -> grid.put(e.getKey(), texts(e.getValue())));
    Set<GroupKey> only = new LinkedHashSet<>();
    node.required("only").forEach(key -> only.add(new GroupKey(nullableTexts(key))));
    String task = text(node, "task");
    String metric = text(node, "metric");
    return new TrainQuery(
        texts(node.required("group_by")),
        node.required("predict").asString(),
        text(node, "from"),
        texts(node.required("categorical")),
        text(node, "weight"),
        text(node, "where"),
        task == null ? null : Task.valueOf(task),
        node.required("learner").asString(),
        grid,
        Search.of(node.required("search").asString()),
        Validation.of(node.required("validation").asString()),
        text(node, "order_by"),
        metric == null ? null : Metric.of(metric),
        node.required("inference").asBoolean(),
        node.required("refit").asBoolean(),
        Fallback.valueOf(node.required("fallback").asString()),
        AnswerWith.valueOf(node.required("answer_with").asString()),
        only,
        node.required("min_rows").asInt(),
        node.required("max_groups").isNull() ? null : node.required("max_groups").asInt(),
        node.required("seed").asLong());
  }

  private static TargetInfo target(JsonNode node) {
    return new TargetInfo(
        node.required("name").asString(),
        ExpressionParser.parse(node.required("expression").asString()).expression(),
        node.required("offset").asDouble(),
        texts(node.required("classes")));
  }

  private static Features features(JsonNode node) {
    List<Feature.Numeric> numeric = new ArrayList<>();
    for (JsonNode feature : node.required("numeric")) {
      numeric.add(
          new Feature.Numeric(
              feature.required("name").asString(),
              ExpressionParser.parse(feature.required("expression").asString()).expression(),
              feature.required("offset").asDouble()));
    }
    List<Feature.Categorical> categorical = new ArrayList<>();
    for (JsonNode feature : node.required("categorical")) {
      categorical.add(
          new Feature.Categorical(
              feature.required("name").asString(),
              feature.required("column").asString(),
              new Dictionary(texts(feature.required("values")))));
    }
    return new Features(numeric, categorical);
  }

  private static List<Config> configs(JsonNode node) {
    List<Config> configs = new ArrayList<>();
    for (JsonNode config : node) {
      TreeMap<String, String> settings = new TreeMap<>();
      config.properties().forEach(e -> settings.put(e.getKey(), e.getValue().asString()));
      configs.add(new Config(settings));
    }
    return configs;
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.required(name);
    return value.isNull() ? null : value.asString();
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(n -> texts.add(n.asString()));
    return texts;
  }

  private static List<@Nullable String> nullableTexts(JsonNode node) {
    List<@Nullable String> texts = new ArrayList<>();
    node.forEach(n -> texts.add(n.isNull() ? null : n.asString()));
    return texts;
  }
}
