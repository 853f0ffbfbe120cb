package dev.heddle.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.CliException;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.WorkspaceImage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogRevertTest {

    /** Files as {@code id path text}. */
    private static WorkspaceImage image(long version, String... files) {
        List<FileImage> images = Stream.of(files).map(file -> file.split(" "))
            .map(file -> new FileImage(file[0], file[1], false, version, Text.of(file[2]))).toList();
        return WorkspaceImage.restore("demo", version, Hash.ZERO, images);
    }

    private static Operation.Rename move(String file, String to) {
        return new Operation.Rename(FileReference.ofFile(file), to);
    }

    @Test
    void shouldDeleteRenameMakeAndEditWhenTheTreeHasChanged() {
        WorkspaceImage then = image(3, "f old old", "g gone back", "h same same");
        WorkspaceImage now = image(9, "f new changed", "h same same", "k late late");
        assertThat(LogRevert.operations(then, now, null)).containsExactly(
            new Operation.Delete(FileReference.ofFile("k")), move("f", "old"),
            new Operation.Create("gone", "back", null),
            new Operation.Edit(FileReference.ofFile("f"), List.of(new Change(0, 6, "ol"))));
    }

    @Test
    void shouldMoveByPathsInBetweenWhenFilesHaveChangedPlaces() {
        assertThat(LogRevert.operations(image(3, "f a x", "g b y"), image(5, "f b x", "g a y"), null))
            .containsExactly(move("f", "heddle-revert-f"), move("g", "b"), move("f", "a"));
    }

    @Test
    void shouldLeaveOtherFilesWhenOneIsMeant() {
        WorkspaceImage then = image(3, "f a x", "g b y");
        WorkspaceImage now = image(5, "f a z", "h c w");
        assertThat(LogRevert.operations(then, now, "a")).containsExactly(
            new Operation.Edit(FileReference.ofFile("f"), List.of(new Change(0, 1, "x"))));
        assertThat(LogRevert.operations(then, now, "c")).containsExactly(
            new Operation.Delete(FileReference.ofFile("h")));
        assertThatThrownBy(() -> LogRevert.operations(then, now, "d")).isInstanceOf(CliException.class)
            .hasMessageContaining("no file d at version 3 or 5");
    }
}
