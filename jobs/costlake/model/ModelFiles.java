package costlake.model;

import costlake.config.SourceFiles;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts of models, contracts, macros and cases, by path.
 *
 * @param models paths begin with {@code models/} or {@code sources/}
 * @param cases paths begin with {@code tests/models/} or {@code sources/}
 * @param kinds the kinds of sources whose relations models read
 */
record ModelFiles(
    SortedMap<String, String> models, SortedMap<String, String> cases, List<SourceKind> kinds) {
  /** In a model, the charges of all kinds of sources; the last select of a CTE. */
  static final String EVERY_CHARGE = "{{ every_charge() }}";

  /** In an audit, the costs that all kinds of sources deliver. */
  static final String EVERY_COST = "{{ every_cost() }}";

  /** Files of a working copy. */
  static ModelFiles below(Path root) {
    SortedMap<String, String> ofKinds = SourceFiles.below(root);
    return of(
        read(root.resolve("models"), "models/"),
        read(root.resolve("tests").resolve("models"), "tests/models/"),
        ofKinds,
        SourceKinds.read(ofKinds));
  }

  /** Files that travel with the program, for some of the kinds of sources. */
  static ModelFiles embedded(List<SourceKind> kinds) {
    URL anchor = ModelFiles.class.getResource("/models/inputs.yml");
    try {
      URI uri = anchor.toURI();
      if (!uri.getScheme().equals("jar")) {
        Path root = Folders.above(Folders.above(Path.of(uri)));
        return of(
            read(root.resolve("models"), "models/"),
            read(root.resolve("model-cases"), "tests/models/"),
            SourceKinds.files(),
            kinds);
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return of(
            read(jar.getPath("/models"), "models/"),
            read(jar.getPath("/model-cases"), "tests/models/"),
            SourceKinds.files(),
            kinds);
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot locate " + anchor, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded models", e);
    }
  }

  /** Adds the models of these kinds, and puts their charges and costs where models ask for all. */
  private static ModelFiles of(
      SortedMap<String, String> models,
      SortedMap<String, String> cases,
      SortedMap<String, String> ofKinds,
      List<SourceKind> kinds) {
    for (SourceKind kind : kinds) {
      ofKinds
          .subMap(kind.folder(), kind.folder() + Character.MAX_VALUE)
          .forEach(
              (path, text) ->
                  (path.startsWith(kind.folder() + "cases/") ? cases : models).put(path, text));
    }
    String charges = everyCharge(kinds);
    String costs = everyCost(kinds);
    models.replaceAll(
        (path, text) -> text.replace(EVERY_CHARGE, charges).replace(EVERY_COST, costs));
    return new ModelFiles(models, cases, kinds);
  }

  private static String everyCharge(List<SourceKind> kinds) {
    return kinds.stream()
        .flatMap(kind -> Stream.ofNullable(kind.charges()))
        .map("select * from {{ ref('%s') }}"::formatted)
        .collect(Collectors.joining(" union all "));
  }

  private static String everyCost(List<SourceKind> kinds) {
    return Stream.concat(
            Stream.of("source('bronze.billed')"),
            kinds.stream()
                .flatMap(kind -> Stream.ofNullable(kind.costs()))
                .map("ref('%s')"::formatted))
        .map(
            relation ->
                "select source_id, period, currency, billed_cost, effective_cost from {{ "
                    + relation
                    + " }}")
        .collect(Collectors.joining(" union all "));
  }

  private static SortedMap<String, String> read(Path folder, String prefix) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        String relative = folder.relativize(file).toString().replace('\\', '/');
        if (relative.endsWith(".sql") || relative.endsWith(".yml")) {
          texts.put(prefix + relative, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read models below " + folder, e);
    }
    return texts;
  }
}
