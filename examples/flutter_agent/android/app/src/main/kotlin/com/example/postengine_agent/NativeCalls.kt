package com.example.postengine_agent

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.os.Handler
import android.os.Looper
import io.flutter.plugin.common.MethodCall
import io.flutter.plugin.common.MethodChannel
import java.util.concurrent.Executors

/** From a call of the Dart side to what answers it. */
class NativeCalls(private val activity: Activity) : MethodChannel.MethodCallHandler {
    private val device = DeviceFacts(activity)
    private val gallery = Gallery(activity.contentResolver)
    private val intents = ShareIntents(activity)
    private val worker = Executors.newSingleThreadExecutor()
    private val main = Handler(Looper.getMainLooper())

    override fun onMethodCall(call: MethodCall, result: MethodChannel.Result) {
        when (call.method) {
            "share" -> share(ShareOrder.of(call), result)
            "savePhotos" -> savePhotos(GalleryItem.allOf(call), result)
            "device" -> result.success(device.facts())
            "isBatteryUnrestricted" -> result.success(device.isBatteryUnrestricted())
            "openAppSettings" -> start(device.settingsPage(), result)
            else -> result.notImplemented()
        }
    }

    private fun share(order: ShareOrder, result: MethodChannel.Result) {
        val best = intents.candidates(order).firstOrNull { it.resolveActivity(activity.packageManager) != null }
        if (best == null) {
            result.error("no_app", "no app on this phone takes the files", null)
        } else {
            start(best, result)
        }
    }

    /** Writes beside the main thread, which draws. */
    private fun savePhotos(items: List<GalleryItem>, result: MethodChannel.Result) {
        worker.execute {
            try {
                items.forEach(gallery::save)
                main.post { result.success(null) }
            } catch (error: Exception) { // Whatever the gallery dislikes: the person is told, the app lives on.
                main.post { result.error("not_saved", "the files were not saved: ${error.message}", null) }
            }
        }
    }

    /** Answers with the package that was aimed at, or `chooser`. */
    private fun start(intent: Intent, result: MethodChannel.Result) {
        try {
            activity.startActivity(intent)
            result.success(intent.`package` ?: CHOOSER)
        } catch (error: ActivityNotFoundException) {
            result.error("no_app", "no app answers: ${error.message}", null)
        } catch (error: SecurityException) {
            result.error("not_allowed", "the app does not let others open it: ${error.message}", null)
        }
    }

    companion object {
        const val CHANNEL = "postengine/native"
        private const val CHOOSER = "chooser"
    }
}
