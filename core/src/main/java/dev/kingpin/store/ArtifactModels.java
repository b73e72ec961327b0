package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Learners;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Models in an artifact; a group is read when it is asked for. */
public final class ArtifactModels implements Models {
  private final Artifact artifact;
  private final RunHeader header;
  private final EntryCodec codec;

  private ArtifactModels(Artifact artifact) {
    this.artifact = artifact;
    header = HeaderCodec.header(artifact.header());
    codec = new EntryCodec(Learners.of(header.query().learner()).codec(), header.features());
  }

  /**
   * Opens an artifact.
   *
   * @throws dev.kingpin.data.InputException if it is missing, damaged or of a newer format
   */
  public static ArtifactModels open(Path path) {
    Artifact artifact = Artifact.open(path);
    try {
      return new ArtifactModels(artifact);
    } catch (RuntimeException e) {
      artifact.close();
      throw e;
    }
  }

  /** Writes models to an artifact. */
  public static void write(Models models, Path path) {
    RunHeader header = models.header();
    EntryCodec codec =
        new EntryCodec(Learners.of(header.query().learner()).codec(), header.features());
    try (ArtifactWriter writer = ArtifactWriter.create(path, HeaderCodec.bytes(header))) {
      for (GroupKey key : models.keys()) {
        writer.add(KeyCodec.bytes(key), codec.bytes(models.find(key).orElseThrow()));
      }
      for (GroupKey key : models.families()) {
        writer.add(KeyCodec.bytes(key), codec.bytes(models.find(key).orElseThrow()));
      }
      writer.finish();
    }
  }

  @Override
  public RunHeader header() {
    return header;
  }

  @Override
  public int size() {
    return artifact.size() - header.families();
  }

  @Override
  public List<GroupKey> keys() {
    return keys(0, size());
  }

  @Override
  public List<GroupKey> families() {
    return keys(size(), artifact.size());
  }

  private List<GroupKey> keys(int from, int to) {
    List<GroupKey> keys = new ArrayList<>();
    for (int i = from; i < to; i++) {
      keys.add(KeyCodec.key(artifact.key(i)));
    }
    return keys;
  }

  @Override
  public Optional<TrainedGroup> find(GroupKey key) {
    return artifact.find(KeyCodec.bytes(key)).map(payload -> codec.group(key, payload));
  }

  @Override
  public void close() {
    artifact.close();
  }
}
