package costlake.house;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.lang.model.type.TypeKind;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Parses Java files with the compiler, for the rules in {@link TidyTest}. */
final class JavaSources {
  private static final Set<String> BINARY = Set.of("Double", "Float", "doubleValue", "floatValue");

  private JavaSources() {}

  /**
   * Returns the number of lines of each method and constructor, by file and name. For overloads, it
   * is the largest number.
   */
  static Map<String, Long> methodLines(List<Path> files) throws IOException {
    Map<String, Long> lines = new TreeMap<>();
    visit(
        files,
        (place, tree) -> {
          if (tree instanceof MethodTree method) {
            lines.merge(
                place.file().getFileName() + " " + method.getName(),
                place.lastLine() - place.firstLine() + 1,
                Math::max);
          }
        });
    return lines;
  }

  /**
   * Returns the number of parameters of each method and constructor, by file and name. For
   * overloads, it is the largest number. Constructors of records are left out, because their
   * parameters are the columns of a row.
   */
  static Map<String, Integer> methodParameters(List<Path> files) throws IOException {
    Map<String, Integer> parameters = new TreeMap<>();
    visit(
        files,
        (place, tree) -> {
          if (tree instanceof ClassTree type) {
            methods(type)
                .forEach(
                    method ->
                        parameters.merge(
                            place.file().getFileName() + " " + method.getName(),
                            method.getParameters().size(),
                            Math::max));
          }
        });
    return parameters;
  }

  private static Stream<MethodTree> methods(ClassTree type) {
    return type.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .filter(method -> type.getKind() != Tree.Kind.RECORD || method.getReturnType() != null);
  }

  /**
   * Returns the places, as file:line, where the code uses a binary floating-point type or converts
   * to such a type.
   */
  static List<String> binaryNumbers(List<Path> files) throws IOException {
    Set<String> found = new TreeSet<>();
    visit(
        files,
        (place, tree) -> {
          if (isBinary(tree)) {
            found.add(place.file() + ":" + place.firstLine());
          }
        });
    return List.copyOf(found);
  }

  /**
   * Returns string literals by file and line. Literals that are joined by + count as one literal;
   * other operands are skipped.
   */
  static Map<String, String> texts(List<Path> files) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Set<Tree> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    visit(
        files,
        (place, tree) -> {
          if (!parts.contains(tree)) {
            StringBuilder text = new StringBuilder();
            collect(tree, parts, text);
            texts.merge(place.file() + ":" + place.firstLine(), text.toString(), String::concat);
          }
        });
    texts.values().removeIf(String::isEmpty);
    return texts;
  }

  private static void collect(Tree tree, Set<Tree> parts, StringBuilder text) {
    parts.add(tree);
    if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
      collect(sum.getLeftOperand(), parts, text);
      collect(sum.getRightOperand(), parts, text);
    } else if (tree instanceof LiteralTree literal && literal.getValue() instanceof String value) {
      text.append(value);
    }
  }

  private static boolean isBinary(Tree tree) {
    if (tree instanceof PrimitiveTypeTree type) {
      return type.getPrimitiveTypeKind() == TypeKind.DOUBLE
          || type.getPrimitiveTypeKind() == TypeKind.FLOAT;
    }
    return (tree instanceof IdentifierTree name && BINARY.contains(name.getName().toString()))
        || (tree instanceof MemberSelectTree part
            && BINARY.contains(part.getIdentifier().toString()))
        || (tree instanceof MemberReferenceTree call && BINARY.contains(call.getName().toString()));
  }

  private record Place(Path file, long firstLine, long lastLine) {}

  private static void visit(List<Path> files, BiConsumer<Place, Tree> visitor) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree file : task.parse()) {
        scan(file, positions, visitor);
      }
    }
  }

  private static void scan(
      CompilationUnitTree file, SourcePositions positions, BiConsumer<Place, Tree> visitor) {
    Path path = Path.of(file.getSourceFile().getName());
    LineMap lines = file.getLineMap();
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void nothing) {
        long start = tree == null ? -1 : positions.getStartPosition(file, tree);
        if (start >= 0) {
          long end = positions.getEndPosition(file, tree);
          visitor.accept(
              new Place(
                  path, lines.getLineNumber(start), lines.getLineNumber(Math.max(start, end))),
              tree);
        }
        return super.scan(tree, null);
      }
    }.scan(file, null);
  }
}
