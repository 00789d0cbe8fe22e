package com.example.postengine_agent

import android.content.ContentResolver
import android.content.ContentValues
import android.net.Uri
import android.os.Environment
import android.provider.MediaStore
import io.flutter.plugin.common.MethodCall
import java.io.File
import java.io.IOException

/** A file for the gallery. */
data class GalleryItem(val path: String, val mime: String, val name: String) {
    val isVideo get() = mime.startsWith("video/")

    companion object {
        fun allOf(call: MethodCall): List<GalleryItem> {
            val mimes = call.argument<List<String>>("mimes").orEmpty()
            val names = call.argument<List<String>>("names").orEmpty()
            return call.argument<List<String>>("paths").orEmpty().mapIndexed { index, path ->
                GalleryItem(path, mimes[index], names[index])
            }
        }
    }
}

/** Copies files to where the gallery finds them. From Android 10 on that needs no permission. */
class Gallery(private val resolver: ContentResolver) {
    /** Throws IOException where there is no room, or the gallery takes no file. */
    fun save(item: GalleryItem) {
        val entry = resolver.insert(collection(item), values(item)) ?: throw IOException("the gallery takes no file")
        val out = resolver.openOutputStream(entry) ?: throw IOException("the gallery does not open its file")
        out.use { to -> File(item.path).inputStream().use { from -> from.copyTo(to) } }
        // Until now the gallery does not show it.
        resolver.update(entry, ContentValues().apply { put(MediaStore.MediaColumns.IS_PENDING, 0) }, null, null)
    }

    private fun collection(item: GalleryItem): Uri = if (item.isVideo) {
        MediaStore.Video.Media.getContentUri(MediaStore.VOLUME_EXTERNAL_PRIMARY)
    } else {
        MediaStore.Images.Media.getContentUri(MediaStore.VOLUME_EXTERNAL_PRIMARY)
    }

    private fun values(item: GalleryItem) = ContentValues().apply {
        val folder = if (item.isVideo) Environment.DIRECTORY_MOVIES else Environment.DIRECTORY_PICTURES
        put(MediaStore.MediaColumns.DISPLAY_NAME, item.name)
        put(MediaStore.MediaColumns.MIME_TYPE, item.mime)
        put(MediaStore.MediaColumns.RELATIVE_PATH, "$folder/Posting")
        put(MediaStore.MediaColumns.IS_PENDING, 1)
    }
}
