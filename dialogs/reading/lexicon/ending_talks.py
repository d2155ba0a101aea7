"""Words that end a talk with a clerk; every other word is for the clerk.

Only a whole message counts: 取消 or 算了 may be an answer to the clerk's question. Words are in small
letters, simplified.
"""

TO_THE_QUESTION = (
    "结束人工|结束人工服务|返回|退出|结束服务|结束对话|退出人工|退出人工服务|取消人工|取消人工服务|关闭人工|关闭人工服务|"
    "不要人工了|不用人工了|不需要人工|不需要人工了|不等了|不想等了|我不等了|我不想等了|不用等了|转回自助|回到自助|回到自助办理|"
    "end the chat|end chat|end talk|stop chat|back to the bot|exit|quit"
)
"""The dialog asks again what it had asked."""

TO_THE_START = (
    "返回首页|回到首页|回首页|首页|返回主页|回主页|主页|返回主菜单|回主菜单|主菜单|返回菜单|菜单|"
    "home|go home|home page|main menu|menu"
)
"""The dialog starts again, as these words make it do anywhere."""
