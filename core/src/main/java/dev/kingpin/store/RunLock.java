package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run away from a target while a first one writes it.
 *
 * <p><b>Idea.</b> The operating system locks the file {@code delay.kp.lock} for the process and
 * unlocks it when the process ends, however it ends: a lock file that a killed run leaves behind
 * stops nobody. Three things need care:
 *
 * <ul>
 *   <li>The lock is the process's, not the thread's, so threads of one JVM find each other in a
 *       map.
 *   <li>On POSIX systems a process loses its lock as soon as it closes <em>any</em> handle of the
 *       file. So nothing here opens the file of a lock that this JVM holds, and the second handle
 *       that the taking needs stays open as long as the lock.
 *   <li>The holder deletes the file before it unlocks. Whoever had opened it by then gets the lock
 *       of a file that has no name any more, while a third one makes a new file. So each taker
 *       writes a token into the file it has locked and reads it back by the name; where that fails,
 *       the file is not the one that others see, and the taker begins again.
 * </ul>
 */
final class RunLock implements AutoCloseable {
  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>(); // path -> holder
  private static final int MAX_ATTEMPTS = 1_000;
  private static final int MAX_TEXT_BYTES = 1 << 12;

  /** The locked byte lies far behind the text, so that others can read the text meanwhile. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path path;
  private final FileChannel channel;
  private @Nullable FileChannel secondHandle;
  private boolean open = true;

  private RunLock(Path path) throws IOException {
    this.path = path;
    this.channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Takes the lock of a target, or refuses at once.
   *
   * @throws InputException if another run holds it (the message says who), or the folder is missing
   *     or takes no lock
   */
  static RunLock acquire(Path target) {
    OutputPlace place = OutputPlace.of(target);
    place.requireFolder();
    Path path = realPath(place.lock());
    String holder = describeThisProcess();
    String other = HELD_HERE.putIfAbsent(path, holder);
    if (other != null) {
      throw held(target, other);
    }
    boolean taken = false;
    try {
      RunLock lock = take(target, path, holder);
      taken = true;
      return lock;
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    } finally {
      if (!taken) {
        HELD_HERE.remove(path);
      }
    }
  }

  private static RunLock take(Path target, Path path, String holder) throws IOException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      RunLock lock = new RunLock(path);
      boolean taken = false;
      try {
        if (!lock.tryLock()) {
          throw held(target, firstLine(lock.channel));
        }
        taken = lock.isNamedFile(holder + "\n" + UUID.randomUUID() + "\n");
        if (taken) {
          return lock;
        }
      } finally {
        if (!taken) {
          lock.closeHandles();
        }
      }
    }
    throw held(target, "several runs in turn");
  }

  private boolean tryLock() throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this JVM, in classes of another loader
    }
  }

  /** Whether a text written to the locked file can be read under its name. */
  private boolean isNamedFile(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(bytes), 0);
    channel.truncate(bytes.length);
    FileChannel named;
    try {
      named = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return false;
    }
    secondHandle = named;
    return read(named).equals(text);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_TEXT_BYTES);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
      // until the buffer is full or the file ends
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  private static String firstLine(FileChannel channel) throws IOException {
    return read(channel).lines().findFirst().orElse("a process that did not say more");
  }

  private static InputException held(Path target, String holder) {
    return new InputException(
        "Another run writes to (%s): %s. Maybe wait until it ends, or choose another --out."
            .formatted(target, holder));
  }

  private static Path realPath(Path path) {
    Path folder = AtomicFile.folderOf(path);
    try {
      return folder.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
  }

  private static String describeThisProcess() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "an unnamed machine";
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return "process " + ProcessHandle.current().pid() + " on " + host + ", since " + now;
  }

  /** Gives the lock back and deletes its file. */
  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    AtomicFile.deleteQuietly(path);
    try {
      closeHandles();
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    } finally {
      HELD_HERE.remove(path);
    }
  }

  private void closeHandles() throws IOException {
    try {
      channel.close();
    } finally {
      if (secondHandle != null) {
        secondHandle.close();
      }
    }
  }
}
