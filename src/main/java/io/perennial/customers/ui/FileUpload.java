package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.server.streams.UploadHandler;
import io.perennial.customers.ImportFiles;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Takes one text file to where imports wait on this server. */
class FileUpload extends Upload {

    /**
     * @param files where it goes
     * @param arrived told on the page's own thread, with where the file is and what it was called
     */
    FileUpload(ImportFiles files, BiConsumer<Path, String> arrived) {
        addClassName("import-upload");
        setUploadHandler(UploadHandler.toFile(
                (metadata, file) -> {
                    arrived.accept(file.toPath(), metadata.fileName());
                    clearFileList();
                },
                metadata -> files.fresh().toFile()));
        setMaxFiles(1);
        setMaxFileSize(Integer.MAX_VALUE);
        setUploadButton(new Button(t("customers.import.choose_file")));
        setDropLabel(new Span(t("customers.import.drop_file")));
        UploadI18N words = new UploadI18N();
        words.setError(new UploadI18N.Error()
                .setFileIsTooBig(t("customers.refused.too_big"))
                .setTooManyFiles(t("customers.import.one_file")));
        setI18n(words);
    }
}
