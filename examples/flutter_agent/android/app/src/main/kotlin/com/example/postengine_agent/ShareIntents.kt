package com.example.postengine_agent

import android.content.ClipData
import android.content.Context
import android.content.Intent
import android.net.Uri
import androidx.core.content.FileProvider
import io.flutter.plugin.common.MethodCall
import java.io.File

/** What to hand over, and to whom: the fields of a task's channel. */
data class ShareOrder(
    val mode: String,
    val packages: List<String>,
    val url: String?,
    val paths: List<String>,
    val mimes: List<String>,
    val text: String,
) {
    companion object {
        fun of(call: MethodCall) = ShareOrder(
            mode = call.argument<String>("mode").orEmpty(),
            packages = call.argument<List<String>>("packages").orEmpty(),
            url = call.argument<String>("url"),
            paths = call.argument<List<String>>("paths").orEmpty(),
            mimes = call.argument<List<String>>("mimes").orEmpty(),
            text = call.argument<String>("text").orEmpty(),
        )
    }
}

/** Makes the intents for a share, the best first; the caller starts the first that an app answers. */
class ShareIntents(private val context: Context) {
    fun candidates(order: ShareOrder): List<Intent> {
        val url = order.url
        // Nothing but a web page: other schemes call, pay or start apps.
        if (order.mode == "open_url" && url != null && url.startsWith("https://")) {
            return listOf(Intent(Intent.ACTION_VIEW, Uri.parse(url)))
        }
        val uris = order.paths.map(::lend)
        val aimed = order.packages.map { send(order, uris).setPackage(it) }
        return statusComposer(order, uris) + aimed + Intent.createChooser(send(order, uris), null)
    }

    /**
     * WhatsApp's own way to a status: it opens the composer at once, but takes one file, and no text.
     *
     * The system hands the right to read on by itself for ACTION_SEND only, so here the clip data carry it.
     */
    private fun statusComposer(order: ShareOrder, uris: List<Uri>): List<Intent> {
        if (order.mode != "share_to_status" || WHATSAPP !in order.packages || uris.size != 1) {
            return emptyList()
        }
        val intent = Intent(Intent.ACTION_VIEW, Uri.parse("https://wa.me/status"))
            .setPackage(WHATSAPP)
            .putExtra(Intent.EXTRA_STREAM, uris.single())
            .putExtra("share_type", "SHARE_TO_STATUS")
            .putExtra("source_app_package_name", context.packageName)
        return listOf(readable(intent, uris))
    }

    /** Files alone: many apps drop a text that comes with a file, so the caption is on the clipboard. */
    private fun send(order: ShareOrder, uris: List<Uri>): Intent = when (uris.size) {
        0 -> Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, order.text)
        1 -> readable(Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, uris.single()), uris)
            .setType(commonType(order.mimes))
        else -> readable(several(uris), uris).setType(commonType(order.mimes))
    }

    private fun several(uris: List<Uri>): Intent =
        Intent(Intent.ACTION_SEND_MULTIPLE).putParcelableArrayListExtra(Intent.EXTRA_STREAM, ArrayList(uris))

    private fun readable(intent: Intent, uris: List<Uri>): Intent {
        intent.clipData = ClipData("media", arrayOf("*/*"), ClipData.Item(uris.first())).apply {
            uris.drop(1).forEach { addItem(ClipData.Item(it)) }
        }
        return intent.addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    }

    /** The authority is the manifest's, the folder that of res/xml/file_paths.xml. */
    private fun lend(path: String): Uri =
        FileProvider.getUriForFile(context, "${context.packageName}.files", File(path))

    private fun commonType(mimes: List<String>): String {
        val kinds = mimes.map { it.substringBefore('/') }.distinct()
        return mimes.distinct().singleOrNull() ?: kinds.singleOrNull()?.let { "$it/*" } ?: "*/*"
    }

    private companion object {
        const val WHATSAPP = "com.whatsapp"
    }
}
